namespace Engagement.ArchitectureTests;

/// <summary>The program calls nobody but its database, whoever carries its mail and the operator's monitoring: no address that somebody enters is ever asked for.</summary>
public sealed class OutgoingCallTests
{
    private static readonly string[] Callers =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.IHttpClientFactory", "System.Net.WebRequest",
        "System.Net.WebClient", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.Mail.SmtpClient", "System.Net.WebSockets.ClientWebSocket",
        "MailKit.", "Notify.Client.", "OpenTelemetry.",
    ];

    private static readonly string[] Allowed = ["Engagement.Platform.Notifications.SmtpChannel", "Engagement.Platform.Notifications.NotifyChannel", "Engagement.Host.Monitoring"];

    [Fact]
    public void Nothing_but_mail_and_monitoring_calls_out() =>
        CallersIn().Where(caller => !Allowed.Any(allowed => caller.StartsWith(allowed, StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_those_that_do_call_out() => Allowed.ShouldAllBe(allowed => CallersIn().Any(caller => caller.StartsWith(allowed, StringComparison.Ordinal)));

    private static List<string> CallersIn() =>
    [
        .. Solution.Types
            .Where(type => Solution.Uses(type).Any(used => Callers.Any(caller => caller.EndsWith('.') ? used.FullName.StartsWith(caller, StringComparison.Ordinal) : used.FullName == caller)))
            .Select(type => type.FullName.Replace('/', '.'))
            .Distinct(StringComparer.Ordinal),
    ];
}
