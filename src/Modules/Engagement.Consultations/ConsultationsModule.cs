using Engagement.Consultations.Api;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.Notices;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Consultations.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Bundles;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Work;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Consultations;

public static class ConsultationsModule
{
    public static IServiceCollection AddConsultations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<ConsultationsDbContext, IConsultationsDb>(ConsultationsDbContext.SchemaName, "timetable", "document_content", "proof", "proof_content", "evidence", "judgement", "checkpoint");
        services.AddSingleton<IConsultationFactsStore, ConsultationFactsStore>();
        services.AddRequestHandlers(typeof(ConsultationsModule).Assembly);
        services.AddIntegrationEventHandlers<ConsultationsDbContext>(ConsultationsDbContext.SchemaName);
        // Regime files are read and checked now: with a wrong one the program does not start.
        var builtIn = new BuiltInTimescales();
        services.AddSingleton(builtIn);
        services.AddSingleton(Publicity.Load(builtIn.Regimes.All));
        services.AddScoped<NoticeTasks>();
        services.AddSingleton<TimescaleCache>();
        services.AddScoped<ITimescales, Timescales>();
        services.AddOptions<ConsultationsOptions>().Bind(configuration.GetSection(ConsultationsOptions.Section))
            .Validate(o => o.DrainWindow >= TimeSpan.Zero && o.DrainWindow <= TimeSpan.FromHours(1), "Consultations:DrainWindow must lie between 0 and 1 hour, such as 00:01:00.")
            .Validate(o => o.TimeStep >= TimeSpan.FromSeconds(1) && o.TimeStep <= TimeSpan.FromHours(1), "Consultations:TimeStep must lie between 1 second and 1 hour, such as 00:01:00.")
            .ValidateOnStart();
        services.AddSweepJob<OpenDueConsultationsJob>(OpenDueConsultationsJob.Name, TimeSpan.FromSeconds(1), isPunctual: true);
        services.AddSweepJob<CloseDueConsultationsJob>(CloseDueConsultationsJob.Name, TimeSpan.FromSeconds(1), isPunctual: true);
        services.AddSweepJob<RemindOwnersJob>(RemindOwnersJob.Name, TimeSpan.FromMinutes(10));
        services.AddWorkHandler<MakeBundleWork>();
        services.AddBundleSection<ConsultationBundleSection>();
        services.AddBundleSection<TimetableBundleSection>();
        services.AddBundleSection<NoticesBundleSection>();
        services.AddBundleSection<DocumentsBundleSection>();
        services.AddBundleSection<AssuranceBundleSection>();
        services.AddSweepJob<RemindOfMidPointsJob>(RemindOfMidPointsJob.Name, TimeSpan.FromMinutes(10));
        services.AddSweepJob<RemindOfNoticesJob>(RemindOfNoticesJob.Name, TimeSpan.FromMinutes(10));
        var sample = new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
        services.AddNotificationKind(OwnerReminder.Opening, "the lead officer", "three days before a consultation opens", () => OwnerReminder.WriteOpening("Alex Example", "Speed limit on Church Street", "ENG-2026-0042", sample));
        services.AddNotificationKind(OwnerReminder.Closing, "the lead officer", "seven days before a consultation closes", () => OwnerReminder.WriteClosing("Alex Example", "Speed limit on Church Street", "ENG-2026-0042", sample));
        services.AddNotificationKind(NoticeTasks.MovedClose, "the lead officer", "when a notice that was published late makes the closing date too early", () => NoticeTasks.WriteMovedClose("Alex Example", "Speed limit on Church Street", "ENG-2026-0042", new DateOnly(2027, 2, 5), 5, "11:59pm on Sunday 31 January 2027", hasOpened: true));
        AddReminder(services, NoticeReminder.DueSoon, "seven days before a notice is to be published");
        AddReminder(services, NoticeReminder.Overdue, "the day after a notice was to be published and nothing is on record");
        AddReminder(services, NoticeReminder.NotNotified, "when a consultation has opened and a consultee was not notified");
        AddReminder(services, NoticeReminder.Unanswered, "seven days before a consultation closes to which a consultee has not answered");
        services.AddSweepJob<CheckTimetablesJob>(CheckTimetablesJob.Name, TimeSpan.FromMinutes(1));
        services.AddNotificationKind(MovedTimetableMessage.Kind, "the lead officer", "when days that were recorded later move a recorded timetable", () => MovedTimetableMessage.Write(
            "Alex Example", "Speed limit on Church Street", "ENG-2026-0042",
            new TimetableMove([new DateMove("tro-permanent/min_close", "Earliest lawful last day for objections", new(2026, 11, 27), new(2026, 11, 30))], null, [], ["State funeral, Thursday 26 November 2026"])));
        services.AddNotificationKind(MidPointReminder.Kind, "the lead officer", "when half of the time to answer has passed", () => MidPointReminder.Write("Alex Example", "Speed limit on Church Street", "ENG-2026-0042", sample));
        return services;
    }

    private static void AddReminder(IServiceCollection services, string kind, string when) => services.AddNotificationKind(kind, "the lead officer", when, () => NoticeReminder.Write(
        new NoticeReminder(default, kind, "", "newspaper circulating in the area, at least once", 2, new DateOnly(2027, 1, 11)), "Alex Example", "Speed limit on Church Street", "ENG-2026-0042"));

    public static IEndpointRouteBuilder MapConsultations(this IEndpointRouteBuilder app)
    {
        ConsultationsEndpoints.MapConsultations(app);
        app.MapDocuments();
        app.MapNotices();
        app.MapConsultees();
        app.MapAssurance();
        app.MapPublicConsultations();
        app.MapTimetables();
        app.MapCalendars();
        return app;
    }
}
