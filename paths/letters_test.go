package paths

func init() {
	for route, link := range map[string]func(string) string{
		TemplateRoute: Template, TemplatePreviewRoute: TemplatePreview, TemplateTestRoute: TemplateTest,
		TemplateRestorationRoute: TemplateRestoration,
	} {
		links[route] = link
	}
}
