namespace Engagement.Platform.Notifications;

public sealed class MailOptions
{
    public const string Section = "Mail";

    public string From { get; set; } = "consultations@example.gov.uk";

    public string FromName { get; set; } = "Have your say";

    public SmtpOptions Smtp { get; set; } = new();

    public NotifyOptions Notify { get; set; } = new();

    /// <summary>Where messages go as files while neither SMTP nor Notify is configured.</summary>
    public string Directory { get; set; } = "";

    /// <summary>
    /// How long handing over one message may take; then it is tried again later. A worker that has not done with what it claimed
    /// after ten times as long is taken for dead, and another one takes over.
    /// </summary>
    public TimeSpan HandOver { get; set; } = TimeSpan.FromSeconds(30);

    public sealed class SmtpOptions
    {
        /// <summary>Empty: SMTP is not used.</summary>
        public string Host { get; set; } = "";

        public int Port { get; set; } = 25;

        public bool Tls { get; set; }

        public string User { get; set; } = "";

        public string Password { get; set; } = "";
    }

    /// <summary>GOV.UK Notify. Its template has the two placeholders <c>((subject))</c> and <c>((body))</c>.</summary>
    public sealed class NotifyOptions
    {
        /// <summary>Empty: Notify is not used.</summary>
        public string ApiKey { get; set; } = "";

        public string TemplateId { get; set; } = "";

        public string BaseAddress { get; set; } = "https://api.notifications.service.gov.uk";
    }
}
