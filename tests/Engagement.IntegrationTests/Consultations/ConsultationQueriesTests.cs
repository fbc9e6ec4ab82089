using System.Diagnostics;
using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using Engagement.TestKit.Consultations;
using FluentValidation;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>What the officers' pages ask: lists, proposals, readiness, the calendar, arrivals.</summary>
public sealed class ConsultationQueriesTests : ConsultationsTest
{
    [Fact]
    public async Task Browses_two_thousand_consultations_page_by_page()
    {
        await Drafted();
        await AsAdministrator(
            """
            insert into consultations.consultation (id, version, engagement_id, slug, status, title, summary, regimes, inputs, outcome_due_weeks, equality_answers,
                topics, areas, audiences, opens_on, closes_on, opens_at, closes_at, authors, extensions)
            select gen_random_uuid(), 1, engagement_id, slug || '-' || n, 'Draft', title || ' ' || n, summary, case when n % 4 = 0 then array['tro-permanent'] else regimes end, inputs, 12, 'Linked',
                topics, areas, audiences, opens_on + n, closes_on + n, opens_at + n * interval '1 day', closes_at + n * interval '1 day', authors, extensions
              from consultations.consultation, generate_series(1, 2000) n;
            """);
        await Send(new BrowseConsultations());
        var clock = Stopwatch.StartNew();

        var last = await Send(new BrowseConsultations(Number: 99_999));
        var third = await Send(new BrowseConsultations(Words: "mobile libraries", Order: ConsultationOrder.Opens, Descending: false, Number: 3));
        var some = await Send(new BrowseConsultations([ConsultationStatus.Draft], "tro-permanent", "1999 100%"));
        var regime = await Send(new BrowseConsultations(Regime: "tro-permanent"));

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        (last.Total, last.Number, last.Items.Count).ShouldBe((2001, 81, 1));
        third.Items.Select(r => UkTime.DateOf(r.OpensAt.AddHours(1))).ShouldBe(Enumerable.Range(50, 25).Select(n => SampleConsultation.OpensOn.AddDays(n)));
        some.Total.ShouldBe(0);
        regime.Total.ShouldBe(500);
    }

    [Fact]
    public async Task What_other_modules_decide_by_is_what_was_written_and_the_public_address_leads_to_the_same_once_it_is_approved()
    {
        var draft = new ConsultationId(await Drafted());
        var facts = (await Send(new FindConsultation(draft)))!;

        (facts.Id, facts.Title, facts.Status, facts.QuestionnaireVersion).ShouldBe((draft, SampleConsultation.Details.Title, ConsultationStatus.Draft, null));
        (facts.OpensAt, facts.ClosesAt, facts.EqualityAnswers).ShouldBe((SampleConsultation.OpensAt, SampleConsultation.ClosesAt, EqualityAnswers.Linked));
        facts.Topics.ShouldBe(SampleConsultation.Details.Topics);
        facts.Areas.ShouldBe(SampleConsultation.Details.Areas);
        (facts.OfflineRoute, facts.RestartOf, facts.WhatChanged).ShouldBe((SampleConsultation.Details.OfflineRoute, null, null));
        (await Send(new FindPublicConsultation(facts.Slug))).ShouldBeNull("nobody has approved it");
        (await Send(new FindConsultation(ConsultationId.New()))).ShouldBeNull();

        var open = new ConsultationId(await Opened());
        facts = (await Send(new FindConsultation(open)))!;
        facts.QuestionnaireVersion.ShouldBe(1);
        (await Send(new FindPublicConsultation(facts.Slug))).ShouldBeEquivalentTo(facts);
    }

    [Fact]
    public async Task Finds_what_closes_within_some_days_both_ends_counted()
    {
        var id = new ConsultationId(await Opened());
        Clock.MoveTo(SampleConsultation.ClosesAt.AddDays(-7));
        (await Send(new BrowseConsultations(ClosingWithinDays: 7))).Items.Select(r => r.Id).ShouldBe([id]);
        (await Send(new BrowseConsultations(ClosingWithinDays: 6))).Items.ShouldBeEmpty();
        Clock.MoveTo(SampleConsultation.ClosesAt);
        (await Send(new BrowseConsultations(ClosingWithinDays: 7))).Items.ShouldBeEmpty();
        await Should.ThrowAsync<ValidationException>(() => Send(new BrowseConsultations(ClosingWithinDays: 0)));
    }

    [Fact]
    public async Task Proposes_the_earliest_lawful_close_and_says_which_regime_decides()
    {
        var proposal = await Send(new ProposeTimetable(["tro-permanent", "school-discontinuance"], Inputs(("published", "2027-01-11"), ("opens", "2027-01-11"), ("closes", "2027-01-12"))));

        proposal.EarliestLawfulClose.ShouldBe(new DateOnly(2027, 2, 8));
        proposal.Explanation.ShouldStartWith("The earliest lawful last day is Monday 8 February 2027. Closing a maintained school (statutory proposals) decides (SI 2013/3109 reg 13(1)): 4 weeks from");
        proposal.Minimums.Select(m => (m.Regime, m.Date, m.Decides)).ShouldBe([("school-discontinuance", new(2027, 2, 8), true), ("tro-permanent", new(2027, 1, 31), false)]);
    }

    [Fact]
    public async Task Proposes_no_close_before_the_opening() =>
        (await Send(new ProposeTimetable(["tro-permanent"], Inputs(("published", "2027-01-11"), ("opens", "2027-03-01"))))).EarliestLawfulClose.ShouldBe(new DateOnly(2027, 3, 1));

    [Fact]
    public async Task Says_what_is_missing_or_that_no_law_decides()
    {
        var missing = await Send(new ProposeTimetable(["tro-permanent"], Inputs(("opens", "2027-01-11"))));
        var silent = await Send(new ProposeTimetable(["good-practice-period"], Inputs(("opens", "2027-01-11"))));

        missing.EarliestLawfulClose.ShouldBeNull();
        missing.Explanation.ShouldContain("cannot be worked out yet");
        missing.Explanation.ShouldContain("Day on which all publicity requirements have been met");
        silent.EarliestLawfulClose.ShouldBeNull();
        silent.Explanation.ShouldBe("No law fixes how long this must run. Good practice: Routine, Monday 22 February 2027; Significant, Monday 5 April 2027.");
        await Should.ThrowAsync<ValidationException>(() => Send(new ProposeTimetable([], Inputs())));
    }

    [Fact]
    public async Task Knows_bank_holidays_and_the_time_before_an_election()
    {
        var calendar = await Send(new ShowCalendar(new(2027, 3, 26), new(2027, 5, 31), Poll: new(2027, 5, 6)));

        calendar.BankHolidays.Select(h => h.Date).ShouldBe([new(2027, 3, 26), new(2027, 3, 29), new(2027, 5, 3), new(2027, 5, 31)]);
        calendar.PreElection!.Last.ShouldBe(new DateOnly(2027, 5, 6));
        calendar.PreElection.First.ShouldBeLessThan(new DateOnly(2027, 4, 1));
        (await Send(new ShowCalendar(new(2027, 1, 1), new(2027, 1, 1), new(2027, 5, 6), new(2027, 5, 7)))).PreElection.ShouldBeNull();
        await Should.ThrowAsync<ValidationException>(() => Send(new ShowCalendar(new(2027, 1, 2), new(2027, 1, 1))));
    }

    [Fact]
    public async Task Readiness_names_what_is_missing_and_who_may_approve()
    {
        var id = new ConsultationId(await Drafted(SampleConsultation.TrafficOrder(new(2027, 1, 11), new(2027, 1, 30)) with { PrivacyNotice = null }));
        var author = new Actor(ActorKind.Officer, Guid.CreateVersion7().ToString());

        var readiness = await Send(new CheckReadiness(id));
        await App.SendAsync(new EditConsultation(id, 1, SampleConsultation.Details), author, Scopes.All);

        readiness.IsReady.ShouldBeFalse();
        readiness.Checks.Where(c => !c.IsMet).Select(c => c.Rule).ShouldBe(["tro-permanent/min_close", "consultation/privacyNotice", "consultation/questionnaire", "consultation/gunning", "consultation/charter"]);
        readiness.Checks.First(c => c.Rule == "tro-permanent/min_close").EarliestLawful.ShouldBe(new DateOnly(2027, 1, 31));
        readiness.Checks.Single(c => c.Rule == "consultation/engagement").Message.ShouldBe("The engagement it serves is approved.");
        readiness.WrittenByCaller.ShouldBeFalse();
        (await App.SendAsync(new CheckReadiness(id), author, Scopes.All)).WrittenByCaller.ShouldBeTrue();
    }

    [Fact]
    public async Task Counts_responses_by_day_and_channel_without_withdrawn_and_late_ones()
    {
        var id = await Opened();
        await AsAdministrator(
            $"""
            insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language, consent_to_publish,
                submitted_at, received_on, is_late, entered_after_seal, logged_by, withdrawn_at, ruling, ruled_by, ruled_at, ruling_reason, answers, asked, answers_digest)
            select '{id}', gen_random_uuid(), lpad(translate(n::text, '0123456789', 'ABCDEFGHJK'), 12, 'X'), n::text, '\x00', 1, 1, channel, 'en', false,
                '2027-01-12T10:00Z', day::date, late, false, case when late then 'officer:x' end, withdrawn, ruling, case when ruling is not null then 'officer:y' end, case when ruling is not null then timestamptz '2027-03-09Z' end,
                case when ruling is not null then 'why' end, jsonb_build_object(), array[]::text[], decode(repeat('00', 32), 'hex')
              from (values (1, 'Web', '2027-01-12', false, null::timestamptz, null), (2, 'Web', '2027-01-12', false, null, null), (3, 'Paper', '2027-01-12', false, null, null),
                (4, 'Web', '2027-01-13', false, null, null), (5, 'Web', '2027-01-13', false, '2027-01-14Z', null), (6, 'Paper', '2027-03-08', true, null, null),
                (7, 'Paper', '2027-03-08', true, null, 'Admitted'), (8, 'Email', '2027-03-08', true, null, 'Refused')) v (n, channel, day, late, withdrawn, ruling);
            """);

        var arrivals = await Send(new CountArrivals(new ConsultationId(id)));

        arrivals.Days.ShouldBe([
            new(new(2027, 1, 12), ResponseChannel.Web, 2), new(new(2027, 1, 12), ResponseChannel.Paper, 1),
            new(new(2027, 1, 13), ResponseChannel.Web, 1), new(new(2027, 3, 8), ResponseChannel.Paper, 1)]);
        (arrivals.Counted, arrivals.LateWaiting, arrivals.LateRefused).ShouldBe((5, 1, 1));
    }

    private static Dictionary<string, JsonElement> Inputs(params (string Name, string Date)[] dates) =>
        dates.ToDictionary(d => d.Name, d => JsonSerializer.SerializeToElement(d.Date), StringComparer.Ordinal);
}
