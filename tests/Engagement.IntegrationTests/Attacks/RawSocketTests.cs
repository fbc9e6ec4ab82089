namespace Engagement.IntegrationTests.Attacks;

/// <summary>Messages of which two readers could think differently where they end, written byte by byte.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed class RawSocketTests(GuardedCouncil council)
{
    /// <summary>A request inside the first one's body: whoever reads the body shorter than it is answers it.</summary>
    private const string Hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd")]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /health/live HTTP/1.1\nHost: localhost\n\n")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: localhost\r\n X-Folded: yes\r\n\r\n")]
    [InlineData("GET /health/live HTTP/1.1\r\n\r\n")]
    [Trait("Attack", "C25")]
    public async Task An_ambiguous_message_is_refused_and_the_connection_ends_before_what_follows(string message)
    {
        var answers = await Send(message + Hidden);

        answers.ShouldStartWith("HTTP/1.1 400 ");
        Answers(answers).ShouldBe(1);
    }

    [Theory]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n4;a=\nb\r\nabcd\r\n0\r\n\r\n")]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n")]
    [InlineData("POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [Trait("Attack", "C25")]
    public async Task Of_a_body_whose_end_is_doubtful_nothing_is_taken_for_a_request_of_its_own(string message)
    {
        var answers = await Send(message + Hidden);

        answers.ShouldStartWith("HTTP/1.1 4");
        Answers(answers).ShouldBe(1);
    }

    [Fact]
    public async Task The_rule_sees_a_second_request_where_the_first_one_is_clear()
    {
        var answers = await Send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + Hidden);

        answers.ShouldStartWith("HTTP/1.1 200 ");
        Answers(answers).ShouldBe(2);
    }

    private static int Answers(string text) => text.Split("HTTP/1.1 ").Length - 1;

    private Task<string> Send(string message) => RawRequest.Send(council.Program.Address, TimeSpan.Zero, message);
}
