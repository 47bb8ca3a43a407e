// Package policy is who may ask for what: one table of every route there is, and the one thing that lets a request through.
package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

// anybody is the right that needs no login.
const anybody rules.Right = ""

// table lists each method and route under the right that it asks for. Which role has which right is in package rules. A route that is not
// here answers nobody.
var table = map[rules.Right][]string{
	anybody: {
		"GET " + paths.Live, "GET " + paths.Ready, "GET " + paths.Static + "*",
		"POST " + paths.SendGridHook,
		"GET " + paths.APIDocument, "GET " + paths.APIDocs, "GET " + paths.APIProblems,
		"GET " + paths.Home,
		"POST " + paths.Demo,
		"GET " + paths.Signup, "POST " + paths.Signup,
		"GET " + paths.Login, "POST " + paths.Login,
		"GET " + paths.LoginCode, "POST " + paths.LoginCode,
		"GET " + paths.LoginRecovery, "POST " + paths.LoginRecovery,
		"POST " + paths.LoginPasskeyChallenge, "POST " + paths.LoginPasskey,
		"POST " + paths.Logout,
		"GET " + paths.LostPassword, "POST " + paths.LostPassword,
		"GET " + paths.EmailChangeRoute,
		"POST " + paths.EmailAgreeRoute,
		"POST " + paths.EmailStopRoute,
		"GET " + paths.NewPasswordRoute, "POST " + paths.NewPasswordRoute,
		"GET " + paths.InvitationRoute, "POST " + paths.InvitationRoute,

		"GET " + paths.JoinRoute, "POST " + paths.JoinRoute,
		"GET " + paths.JoinSentRoute,
		"GET " + paths.JoinCodeRoute,
		"GET " + paths.BrandSheetRoute,
		"GET " + paths.LogoRoute,
		"GET " + paths.EntryRoute,
		"POST " + paths.EntryConfirmationRoute,
		"POST " + paths.EntryPauseRoute,
		"POST " + paths.EntryReturnRoute,
		"POST " + paths.EntryStayRoute,
		"GET " + paths.EntryWishesRoute, "POST " + paths.EntryWishesRoute,
		"GET " + paths.EntryLeavingRoute, "POST " + paths.EntryLeavingRoute,
		"GET " + paths.OfferRoute,
		"POST " + paths.OfferAcceptanceRoute,
		"POST " + paths.OfferDeclineRoute,
		"GET " + paths.OfferEventRoute,
		"GET " + paths.BookingRoute,
		"GET " + paths.BookingCancellationRoute, "POST " + paths.BookingCancellationRoute,
		"POST " + paths.BookingWaitRoute,
		"GET " + paths.BookingEventRoute,
		"POST " + paths.BookingComingRoute,
		"GET " + paths.RatingRoute, "POST " + paths.RatingRoute,
		"POST " + paths.RatingCommentRoute,
		"GET " + paths.UnsubscribeRoute, "POST " + paths.UnsubscribeRoute,
		"POST " + paths.UnsubscribeEndingRoute,
		"POST " + paths.UnsubscribeReturnRoute,

		"GET " + paths.Mailbox,
		"GET " + paths.MailboxMessageRoute,
		"GET " + paths.MailboxHTMLRoute,
		"GET " + paths.MailboxAttachmentRoute,
	},
	rules.OwnAccount: {
		"GET " + paths.ChooseBusiness, "POST " + paths.ChooseBusiness,
		"GET " + paths.Account,
		"POST " + paths.AccountProfile,
		"GET " + paths.SecondFactor,
		"GET " + paths.SecondFactorStart, "POST " + paths.SecondFactorStart,
		"GET " + paths.SecondFactorSetUp, "POST " + paths.SecondFactorSetUp,
		"GET " + paths.SecondFactorOff, "POST " + paths.SecondFactorOff,
		"GET " + paths.RecoveryCodes, "GET " + paths.RecoveryCodesFile, "POST " + paths.RecoveryCodesKept,
		"GET " + paths.RecoveryCodesNew, "POST " + paths.RecoveryCodesNew,
		"GET " + paths.Passkeys, "POST " + paths.Passkeys,
		"POST " + paths.PasskeyChallenge, "POST " + paths.PasskeyProof,
		"GET " + paths.PasskeyRoute, "POST " + paths.PasskeyRoute,
		"GET " + paths.PasskeyRemovalRoute, "POST " + paths.PasskeyRemovalRoute,
		"GET " + paths.AccountPassword, "POST " + paths.AccountPassword,
		"GET " + paths.AccountEmail, "POST " + paths.AccountEmail,
		"POST " + paths.AccountEmailStop,
		"POST " + paths.AccountSessions,
		"POST " + paths.AccountOthers,
		"GET " + paths.AccountLeaving, "POST " + paths.AccountLeaving,
	},
	rules.HandOver: {
		"GET " + paths.AccountOwnership, "POST " + paths.AccountOwnership,
	},
	rules.WorkCounter: {
		"GET " + paths.Counter,
		"GET " + paths.CounterStream,
		"GET " + paths.DayRoute,
		"GET " + paths.NewSlot,
		"POST " + paths.Slots,
		"GET " + paths.SlotRoute,
		"POST " + paths.SlotWithdrawalRoute,
		"POST " + paths.SlotRestorationRoute,
		"GET " + paths.SlotOfferRoute, "POST " + paths.SlotOfferRoute,
		"POST " + paths.CounterOfferAcceptanceRoute,
		"POST " + paths.CounterOfferDeclineRoute,
		"POST " + paths.CounterOfferWithdrawalRoute,
		"POST " + paths.CounterOfferRestorationRoute,
		"GET " + paths.NewBooking,
		"POST " + paths.Bookings,
		"GET " + paths.CounterBookingRoute,
		"POST " + paths.CounterBookingCancellationRoute,
		"POST " + paths.CounterBookingRestorationRoute,
		"POST " + paths.CounterBookingCompletionRoute,
		"POST " + paths.CounterBookingNoShowRoute,
		"GET " + paths.NewEntry,
		"POST " + paths.Entries,
		"GET " + paths.CounterEntryRoute, "POST " + paths.CounterEntryRoute,
		"GET " + paths.CounterEntrySlotsRoute,
		"POST " + paths.CounterEntryPriorityRoute,
		"POST " + paths.CounterEntryNoteRoute,
		"POST " + paths.CounterEntryTagsRoute,
		"POST " + paths.CounterEntryConfirmationRoute,
		"POST " + paths.CounterEntryPauseRoute,
		"POST " + paths.CounterEntryReturnRoute,
		"POST " + paths.CounterEntryRemovalRoute,
		"POST " + paths.CounterEntryRestorationRoute,
		"POST " + paths.CounterEntryStayRoute,
		"GET " + paths.CustomerBlockRoute, "POST " + paths.CustomerBlockRoute,
		"POST " + paths.Pace,
	},
	rules.SeeFigures: {
		"GET " + paths.Admin,
	},
	rules.SetUp: {
		"GET " + paths.Welcome,
		"POST " + paths.WelcomeService,
		"POST " + paths.WelcomeStaff,
		"POST " + paths.WelcomeProfile,
		"POST " + paths.WelcomeHours,
		"POST " + paths.WelcomeOffers,
		"POST " + paths.WelcomeSkip,
		"POST " + paths.WelcomeDismissal,
		"POST " + paths.WelcomeRecall,
		"GET " + paths.Launch,
		"GET " + paths.Poster,
		"GET " + paths.Services, "POST " + paths.Services,
		"GET " + paths.NewService,
		"GET " + paths.ServiceRoute, "POST " + paths.ServiceRoute,
		"GET " + paths.ServiceRemovalRoute, "POST " + paths.ServiceRemovalRoute,
		"POST " + paths.ServiceRestorationRoute,
		"GET " + paths.StaffMembers, "POST " + paths.StaffMembers,
		"GET " + paths.NewStaffMember,
		"GET " + paths.StaffMemberRoute, "POST " + paths.StaffMemberRoute,
		"GET " + paths.StaffMemberRemovalRoute, "POST " + paths.StaffMemberRemovalRoute,
		"POST " + paths.ServicePlaceRoute,
		"GET " + paths.Categories, "POST " + paths.Categories,
		"GET " + paths.CategoryRoute, "POST " + paths.CategoryRoute,
		"POST " + paths.CategoryPlaceRoute,
		"POST " + paths.CategoryRemovalRoute,
		"GET " + paths.StaffMemberHoursRoute, "POST " + paths.StaffMemberHoursRoute,
		"GET " + paths.Hours, "POST " + paths.Hours,
		"GET " + paths.Holidays, "POST " + paths.Holidays,
		"GET " + paths.Closures, "POST " + paths.Closures,
		"GET " + paths.NewClosure,
		"GET " + paths.ClosureRoute, "POST " + paths.ClosureRoute,
		"POST " + paths.ClosureRemovalRoute,
		"GET " + paths.MessagesSending,
		"POST " + paths.MessageLimits,
		"POST " + paths.MessageQuietHours,
		"GET " + paths.Settings, "POST " + paths.Settings,
		"GET " + paths.Profile, "POST " + paths.Profile,
		"GET " + paths.Joining, "POST " + paths.Joining,
		"GET " + paths.Look, "POST " + paths.Look,
		"GET " + paths.LookPreview,
		"POST " + paths.Logo,
		"POST " + paths.LogoRemoval,
		"POST " + paths.LogoRestoration,
		"GET " + paths.PublicAddress, "POST " + paths.PublicAddress,
		"POST " + paths.MessageTimes,
		"GET " + paths.Messages,
		"GET " + paths.TemplateRoute, "POST " + paths.TemplateRoute,
		"GET " + paths.TemplatePreviewRoute, "POST " + paths.TemplatePreviewRoute,
		"POST " + paths.TemplateTestRoute,
		"POST " + paths.TemplateRestorationRoute,
		"POST " + paths.MessagesSender,
		"POST " + paths.MessagesSignature,
		"GET " + paths.MessagesSent, "POST " + paths.MessagesSent,
		"GET " + paths.SentMessageRoute,
		"POST " + paths.SentAgainRoute,
		"GET " + paths.MessageSuppressions, "POST " + paths.MessageSuppressions,
		"POST " + paths.SuppressionsSearch,
		"POST " + paths.SuppressionRemovalRoute,
		"POST " + paths.SuppressionRestorationRoute,
	},
	rules.ManageList: {
		"GET " + paths.Waitlist, "POST " + paths.Waitlist,
		"GET " + paths.WaitlistActs, "POST " + paths.WaitlistActs,
		"GET " + paths.WaitlistActRoute,
		"POST " + paths.WaitlistActUndoRoute,
		"GET " + paths.Tags, "POST " + paths.Tags,
		"GET " + paths.TagRoute, "POST " + paths.TagRoute,
		"POST " + paths.TagRemovalRoute,
		"POST " + paths.TagRestorationRoute,
		"GET " + paths.ListImport, "POST " + paths.ListImport,
		"GET " + paths.ListImportRoute,
		"GET " + paths.ListImportMappingRoute, "POST " + paths.ListImportMappingRoute,
		"POST " + paths.ListImportStartRoute,
		"POST " + paths.ListImportCancellationRoute,
		"POST " + paths.ListImportUndoingRoute,
		"GET " + paths.ListImportBadRoute,
		"GET " + paths.ListExport, "POST " + paths.ListExport,
		"GET " + paths.Blocks, "POST " + paths.Blocks,
		"POST " + paths.BlockRemovalRoute,
	},
	rules.SetWeights: {
		"GET " + paths.Weights, "POST " + paths.Weights,
	},
	rules.ReadAudit: {
		"GET " + paths.Audit,
		"GET " + paths.AuditCheck, "POST " + paths.AuditCheck,
		"POST " + paths.AuditExport,
	},
	rules.ManageKeys: {
		"GET " + paths.Keys, "POST " + paths.Keys,
		"GET " + paths.NewKey,
		"GET " + paths.KeyRoute, "POST " + paths.KeyRoute,
		"GET " + paths.KeyRotationRoute, "POST " + paths.KeyRotationRoute,
		"POST " + paths.KeyOldSecretRoute,
		"POST " + paths.KeyRevocationRoute,
		"GET " + paths.Webhooks, "POST " + paths.Webhooks,
		"GET " + paths.NewWebhook,
		"GET " + paths.WebhookRoute, "POST " + paths.WebhookRoute,
		"GET " + paths.WebhookSettingsRoute,
		"POST " + paths.WebhookSecretRoute,
		"POST " + paths.WebhookRotationRoute,
		"POST " + paths.WebhookTestRoute,
		"POST " + paths.WebhookPauseRoute,
		"POST " + paths.WebhookResumptionRoute,
		"POST " + paths.WebhookRemovalRoute,
		"POST " + paths.WebhookRestorationRoute,
		"POST " + paths.WebhookRepetitionRoute,
		"GET " + paths.WebhookDeliveryRoute,
		"POST " + paths.DeliveryRepetitionRoute,
	},
	rules.ManageLogins: {
		"GET " + paths.Users, "POST " + paths.Users,
		"GET " + paths.NewUser,
		"POST " + paths.InvitationRemovalRoute,
		"POST " + paths.InvitationSendRoute,
		"GET " + paths.UserRoute, "POST " + paths.UserRoute,
		"POST " + paths.UserPasswordRoute,
		"GET " + paths.UserRemovalRoute, "POST " + paths.UserRemovalRoute,
		"GET " + paths.UserSecondFactorRoute, "POST " + paths.UserSecondFactorRoute,
		"GET " + paths.SecondFactorDemand, "POST " + paths.SecondFactorDemand,
	},
}

// rightOf is the table by route.
var rightOf = func() map[string]rules.Right {
	all := map[string]rules.Right{}
	for right, routes := range table {
		for _, route := range routes {
			if other, twice := all[route]; twice {
				panic(fmt.Sprintf("policy: %s asks for %q and for %q", route, other, right))
			}
			all[route] = right
		}
	}
	return all
}()

// Of is the right that a route asks for, "" when it asks for no login; ok is false for a route that is not in the table.
func Of(method, route string) (right rules.Right, ok bool) {
	right, ok = rightOf[method+" "+route]
	return right, ok
}

// Routes are all that the table lists: method, space, route.
func Routes() []string { return slices.Sorted(maps.Keys(rightOf)) }
