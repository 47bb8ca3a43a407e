// Shows the API's document with Swagger UI. No style is written here; its dark mode hangs on a class of the root.
(() => {
  'use strict';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  paint();
  dark.addEventListener('change', paint);
  const place = document.getElementById('api');
  SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0, validatorUrl: null });
})();
