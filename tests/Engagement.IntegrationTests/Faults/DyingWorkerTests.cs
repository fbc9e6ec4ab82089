using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Engagement.IntegrationTests.Faults;

/// <summary>
/// A worker dies at every step on the way from the deadline to the last message. The steps are not listed here: each transaction that changes anything is one,
/// as the database sees them, and it is cut off at its commit. So a new one is among them by itself.
/// </summary>
public sealed class DyingWorkerTests : ConsultationsTest
{
    private readonly Postbox postbox = new();

    [Fact]
    public async Task X04_A_worker_that_dies_before_and_after_each_commit_is_followed_by_one_that_ends_what_was_begun_once()
    {
        var id = await Opened();
        await Respond(id, "one@example.org");
        await Respond(id, "two@example.org");
        Clock.MoveTo(SampleConsultation.ClosesAt.AddMinutes(1));
        await AsAdministrator(DiesAtAStep);
        var (deaths, step) = (0, 1);
        for (var before = await Progress(); await DiesAt(step); deaths++)
        {
            // From wherever it has come to, it dies at the first step, then at the second, and so has come further.
            (var came, before) = (before, await Progress());
            step = before == came ? step + 1 : 1;

            deaths.ShouldBeLessThan(200, "it comes to no end");

            // Claims of the dead run out.
            Clock.Advance(TimeSpan.FromMinutes(10));
        }

        deaths.ShouldBeGreaterThan(15);
        (await StatusOf(id)).ShouldBe("closed");
        (await ReadConsultation(id)).GetProperty("responseCount").GetInt32().ShouldBe(2);
        (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
        (await TimesInHistory(id, "ConsultationClosed")).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.history where event = 'ResponsesSealed'")).ShouldBe(1);
        (await Scalar<int>("select count(*) from closing_the_loop.history where event = 'OutcomePromised'")).ShouldBe(1);
        foreach (var type in new[] { "ConsultationClosingV1", "ResponsesSealedV1", "ConsultationClosedV1" })
        {
            (await TimesPublished(id, type)).ShouldBe(1, type);
        }

        (await Scalar<int>("select count(*) from platform.delivery where handled_at is null")).ShouldBe(0);
        (await Scalar<int>("select count(*) from platform.notification where sent_at is null")).ShouldBe(0);
        (await Scalar<long>("select count(*) from platform.notification where id = any($1)", postbox.Times.Keys.ToArray())).ShouldBe(postbox.Times.Count);
        postbox.Times.Count.ShouldBe(await Scalar<int>("select count(*) from platform.notification"), "each was handed over, and again under the same id only");
        postbox.Times.Values.ShouldAllBe(times => times == 2, "one died after it had handed over and before it had noted that");
    }

    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IMailChannel>(postbox));

    /// <summary>Whoever commits something at the step or after it is cut off before. Each transaction counts once, and what changes nothing does not.</summary>
    private const string DiesAtAStep =
        """
        create sequence public.step;
        create table public.death (step bigint not null);
        create function public.die() returns trigger language plpgsql security definer as $$ begin
            if current_setting('death.counted', true) is distinct from pg_current_xact_id()::text then
                perform set_config('death.counted', pg_current_xact_id()::text, true);
                if nextval('public.step') >= (select step from public.death) then raise exception 'the worker is dead' using errcode = 'XX000'; end if;
            end if;
            return null;
        end $$;
        do $$ declare name text; begin
            for name in select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where c.relkind = 'r' and n.nspname in ('consultations', 'participation', 'closing_the_loop', 'engagements', 'platform') and c.relname not in ('account_use', 'signing_key') loop
                execute format('create constraint trigger die after insert or update or delete on %s deferrable initially deferred for each row execute function public.die()', name);
            end loop;
        end $$;
        insert into public.death values (0);
        grant select on public.step to public
        """;

    /// <returns>False where the worker did everything that was left before it came to the step.</returns>
    private async Task<bool> DiesAt(int step)
    {
        await AsAdministrator(string.Create(CultureInfo.InvariantCulture, $"update public.death set step = {step}; alter sequence public.step restart"));
        Exception? failure = null;
        try
        {
            await RunJob<CloseDueConsultationsJob>();
            await Deliver();
            await RunJob<SealDueResponsesJob>();
            await Deliver();
            await RunJob<TellContactsJob>();
            await App.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            failure = error;
        }

        var died = await Scalar<int>("select case when is_called then last_value else 0 end from public.step") >= step;
        return died || failure is null ? died : throw new InvalidOperationException("It failed, and not because it was dead.", failure);
    }

    private async Task Deliver()
    {
        var deliverer = App.Services.GetRequiredService<EventDeliverer>();
        while (await deliverer.DeliverDueAsync(CancellationToken.None) > 0)
        {
        }
    }

    /// <summary>What has been reached on the way; that somebody took something up to do it is not.</summary>
    private Task<string> Progress() => Scalar<string>(
        """
        select concat_ws(' ', (select count(*) from consultations.history), (select count(*) from participation.history), (select count(*) from closing_the_loop.history),
               (select count(*) from engagements.history), (select count(*) from platform.outbox), (select count(handled_at) from platform.delivery),
               (select count(*) || ' ' || count(sent_at) from platform.notification), (select count(completed_at) || ' ' || sum(xmin::text::bigint) from participation.announcement))
        """);

    private async Task Respond(Guid id, string email)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{await SlugOf(id)}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." }, email }),
            Headers = { { IdempotencyKey.Header, $"dying-worker-{email}" } },
        };
        await Anyone.SendAsync(request).Success();
    }

    private sealed class Postbox : IMailChannel
    {
        public string Name => "postbox";

        public ConcurrentDictionary<Guid, int> Times { get; } = new();

        public Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
        {
            Times.AddOrUpdate(id, 1, (_, times) => times + 1);
            return Task.CompletedTask;
        }
    }
}
