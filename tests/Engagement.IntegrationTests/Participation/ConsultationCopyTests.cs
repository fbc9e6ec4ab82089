using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

/// <summary>What a process remembers of a consultation lets nobody in and keeps nobody out. Here it remembers for an hour, so that every copy is an old one.</summary>
public sealed class ConsultationCopyTests : ParticipationTest
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["SharedCopies:KeptFor"] = "01:00:00" };

    protected override void Replace(IServiceCollection services)
    {
        base.Replace(services);
        services.AddSingleton<IRequestHandler<ShowPublicConsultation, PublicConsultationView>>(new RespondPagesTests.PublicView(Neighbours, Clock));
    }

    [Fact]
    public async Task Whoever_has_no_draft_is_shown_one_and_the_same_page_and_whoever_has_one_their_own()
    {
        using var first = new PageClient(App.Address);
        using var second = new PageClient(App.Address);
        using var mine = new PageClient(App.Address);
        (await first.Open(Form)).Main.ShouldContain("Start now");

        (await Statements(async () => (await second.Open(Form)).Main.ShouldContain("Start now"))).ShouldBeEmpty();
        await mine.Open($"{Form}/return?code={await Answered()}");
        (await Statements(async () => (await mine.Open(Form)).Main.ShouldContain("You have begun to answer"))).Count.ShouldBe(1);
        (await mine.Open(Form)).Main.ShouldNotContain("Start now");
        (await second.Open(Form)).Main.ShouldNotContain("You have begun to answer");
    }

    [Fact]
    public async Task The_page_that_all_are_shown_says_closed_at_the_closing_instant_and_not_before()
    {
        using var somebody = new PageClient(App.Address);
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        (await somebody.Open(Form)).Heading.ShouldStartWith("Answer: ");
        Clock.MoveTo(ClosesAt);
        (await somebody.Open(Form)).Heading.ShouldStartWith("This consultation closed at");
    }

    [Fact]
    public async Task The_page_that_all_are_shown_says_open_at_the_opening_instant()
    {
        using var somebody = new PageClient(App.Address);
        Clock.MoveTo(OpensAt.AddMicroseconds(-1));
        (await somebody.Open(Form)).Heading.ShouldStartWith("You can answer from");
        Clock.MoveTo(OpensAt);
        (await somebody.Open(Form)).Heading.ShouldStartWith("Answer: ");
    }

    [Fact]
    public async Task One_step_of_the_form_is_one_statement_to_read_and_one_to_keep()
    {
        var code = await Answered();

        (await Statements(() => Send(new ShowResponding(Consultation.Slug, null)))).ShouldBeEmpty("what is the same for everybody has been asked");
        (await Statements(() => Show(code))).ShouldHaveSingleItem().ShouldContain("from participation.draft");
        (await Statements(() => Save(code, "no"))).Count.ShouldBe(2);
        (await Statements(() => Save(null, "no"))).ShouldHaveSingleItem().ShouldContain("insert into participation.draft");
    }

    [Fact]
    public async Task An_old_copy_lets_nothing_in_at_a_closing_instant_that_it_does_not_know()
    {
        var (punctual, late) = (await Answered(), await Answered());
        var closesAt = ClosesAt.AddMinutes(-30);
        await Move(closesAt);

        (await Show(punctual)).ClosesAt.ShouldBe(ClosesAt, "the copy does not know");
        (await Send(punctual, closesAt.AddMicroseconds(-1))).ShouldBe(SendDraftOutcome.Sent);
        (await Send(late, closesAt)).ShouldBe(SendDraftOutcome.TooLate);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task An_old_copy_keeps_nobody_out_after_a_closing_instant_that_has_moved()
    {
        var (punctual, late) = (await Answered(), await Answered());
        var closesAt = ClosesAt.AddMinutes(30);
        await Move(closesAt);
        Clock.MoveTo(closesAt.AddMicroseconds(-1));

        (await Save(punctual, "no")).State.ShouldBe(RespondingState.Open);
        (await Show(punctual)).State.ShouldBe(RespondingState.Open);
        (await Send(punctual, closesAt.AddMicroseconds(-1))).ShouldBe(SendDraftOutcome.Sent);
        (await Send(late, closesAt)).ShouldBe(SendDraftOutcome.TooLate);
        (await Show(late)).Draft!.LateAt.ShouldBe(closesAt);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task An_old_copy_says_closed_at_the_closing_instant_and_not_before()
    {
        var code = await Answered();

        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        (await Show(code)).State.ShouldBe(RespondingState.Open);
        Clock.MoveTo(ClosesAt);
        (await Show(code)).State.ShouldBe(RespondingState.Closed);
        (await Save(code, "no")).State.ShouldBe(RespondingState.Closed);
    }

    [Fact]
    public async Task An_old_copy_takes_nothing_for_what_has_been_withdrawn()
    {
        var code = await Answered();
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Withdrawn });
        await Publish(new ConsultationWithdrawnV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, "Overtaken by events", Clock.Now));

        (await Send(code, Clock.Now)).ShouldBe(SendDraftOutcome.NotTaken);
        (await Stored()).ShouldBe(0);
    }

    private string Form => $"/consultations/{Consultation.Slug}/respond";

    /// <summary>A draft with an answer; whoever answers makes the process remember the consultation.</summary>
    private async Task<string> Answered() => (await Save(null, "yes")).Code;

    private async Task Move(DateTimeOffset closesAt)
    {
        Neighbours.Change(Consultation.Id, f => f with { ClosesAt = closesAt });
        await Publish(new ConsultationExtendedV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, closesAt, "Another time.", Clock.Now));
    }

    private Task<SavedDraft> Save(string? code, string answer) => Send(new SaveDraft(
        Consultation.Slug, code, Clock.Now, Page: 1, ["q1"], new Dictionary<string, AnswerValue?>(StringComparer.Ordinal) { ["q1"] = AnswerValue.Of(answer) }));

    private Task<RespondingView> Show(string code) => Send(new ShowResponding(Consultation.Slug, code));

    private async Task<SendDraftOutcome> Send(string code, DateTimeOffset arrivedAt) =>
        (await App.SendAsync(new SendDraft(Consultation.Slug, code, arrivedAt), Actor.Anyone, [])).Outcome;

    private static async Task<IReadOnlyCollection<string>> Statements(Func<Task> step)
    {
        using var counter = new StatementCounter();
        await step();
        return counter.Statements;
    }
}
