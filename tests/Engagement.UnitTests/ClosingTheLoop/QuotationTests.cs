using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Platform.Audit;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class QuotationTests
{
    private const string Answer = "I work all week, so I, Jo Smith of Mill Lane, can only come on Saturdays. Please open then.";
    private readonly Quotation quotation = Quotation.Of(ConsultationId.New(), ResponseId.New(), "q3");

    [Theory]
    [InlineData("Please open then.", true)]
    [InlineData("I work all week, so I […] can only come on Saturdays.", true)]
    [InlineData("[…] can only come on Saturdays. […]", true)]
    [InlineData("Please open then. […] I work all week", false)]
    [InlineData("please open then.", false)]
    [InlineData("Please do open then.", false)]
    [InlineData("[…]", false)]
    public void Only_the_participants_own_words_in_their_order_can_be_quoted(string text, bool isTheirs)
    {
        if (isTheirs)
        {
            quotation.Propose(text, Answer, Writer, DayAfter);
            quotation.Text.ShouldBe(text);
        }
        else
        {
            CodeOf(() => quotation.Propose(text, Answer, Writer, DayAfter)).ShouldBe("not-the-participants-words");
        }
    }

    [Fact]
    public void Whoever_chose_the_words_does_not_clear_them()
    {
        Propose();

        Should.Throw<ForbiddenException>(() => quotation.Clear(consentToPublish: true, Writer, DayAfter)).Code.ShouldBe("second-approver-required");
        quotation.Clear(consentToPublish: true, Approver, DayAfter);
        quotation.Status.ShouldBe(QuotationStatus.Cleared);
    }

    [Fact]
    public void Without_consent_nothing_is_cleared()
    {
        Propose();

        CodeOf(() => quotation.Clear(consentToPublish: false, Approver, DayAfter)).ShouldBe("no-consent-to-publish");
        quotation.Status.ShouldBe(QuotationStatus.Candidate);
    }

    [Fact]
    public void Other_words_void_the_clearance()
    {
        Propose();
        quotation.Clear(consentToPublish: true, Approver, DayAfter);

        quotation.Propose("I work all week", Answer, Colleague, DayAfter);

        quotation.Status.ShouldBe(QuotationStatus.Candidate);
        Should.Throw<ForbiddenException>(() => quotation.Clear(consentToPublish: true, Writer, DayAfter));
        Should.Throw<ForbiddenException>(() => quotation.Clear(consentToPublish: true, Colleague, DayAfter));
    }

    [Fact]
    public void Withdrawn_words_are_gone_and_stay_so_until_proposed_again()
    {
        Propose();
        quotation.Clear(consentToPublish: true, Approver, DayAfter);

        quotation.Withdraw("The participant asked.", DayAfter);

        quotation.Text.ShouldBeEmpty();
        CodeOf(() => quotation.Clear(consentToPublish: true, Approver, DayAfter)).ShouldBe("quotation-withdrawn");
    }

    [Fact]
    public void The_history_never_holds_the_words()
    {
        Propose();
        quotation.Clear(consentToPublish: true, Approver, DayAfter);
        quotation.Withdraw("The participant asked.", DayAfter);

        quotation.DomainEvents.Count.ShouldBe(3);
        quotation.DomainEvents.Select(e => CanonicalJson.Of(e)).ShouldAllBe(json => !json.Contains("open then"));
    }

    private void Propose() => quotation.Propose("Please open then.", Answer, Writer, DayAfter);
}
