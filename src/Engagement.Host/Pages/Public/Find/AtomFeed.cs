using System.Globalization;
using System.Text;
using System.Xml;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>What there is to take part in as an Atom feed (RFC 4287), the latest change first.</summary>
internal static class AtomFeed
{
    public const string MediaType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <param name="site">The public address of the site, without a slash at its end.</param>
    /// <param name="self">The address of this feed on it, with its filter.</param>
    /// <param name="page">The address of the page that shows the same.</param>
    public static byte[] Write(string title, string author, string site, string self, string page, PublicFeed feed)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = true }))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "en-GB");
            xml.WriteElementString("id", Namespace, site + self);
            xml.WriteElementString("title", Namespace, title);
            xml.WriteElementString("updated", Namespace, Spell(feed.Items.Count == 0 ? DateTimeOffset.UnixEpoch : feed.Items.Max(i => i.UpdatedAt)));
            xml.WriteStartElement("author", Namespace);
            xml.WriteElementString("name", Namespace, author);
            xml.WriteEndElement();
            Link(xml, "self", site + self, "application/atom+xml");
            Link(xml, "alternate", site + page, "text/html");
            foreach (var item in feed.Items)
            {
                Entry(xml, site, item);
            }

            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Entry(XmlWriter xml, string site, PublicActivity item)
    {
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, $"urn:uuid:{item.Id}");
        xml.WriteElementString("title", Namespace, Clean(item.Title));
        xml.WriteElementString("updated", Namespace, Spell(item.UpdatedAt));
        Link(xml, "alternate", site + FindAddresses.Of(item), "text/html");
        foreach (var (scheme, values) in new[] { ("topic", item.Topics), ("area", item.Areas), ("audience", item.Audiences) })
        {
            foreach (var value in values)
            {
                xml.WriteStartElement("category", Namespace);
                xml.WriteAttributeString("term", Clean(value));
                xml.WriteAttributeString("scheme", $"{site}/#{scheme}");
                xml.WriteEndElement();
            }
        }

        xml.WriteStartElement("summary", Namespace);
        xml.WriteAttributeString("type", "text");
        xml.WriteString(Clean($"{State(item)} {item.Summary}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string State(PublicActivity item) => item.Status switch
    {
        PublicStatus.Open when item.ClosesInWords is { } closes => $"Open until {closes}.",
        PublicStatus.Open => "Open.",
        PublicStatus.Forthcoming => $"Opens on {item.OpensInWords}.",
        PublicStatus.Withdrawn => "Withdrawn.",
        _ when item.AnsweredAt is not null => "Closed. The outcome is published.",
        _ when item.ClosesInWords is { } closed => $"Closed at {closed}.",
        _ => "Closed.",
    };

    private static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Without what XML 1.0 has no sign for.</summary>
    private static string Clean(string text) => string.Concat(text.Where((c, i) =>
        XmlConvert.IsXmlChar(c) || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))));

    private static string Spell(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

internal static class FindAddresses
{
    /// <summary>The page of a consultation, or of an engagement that has none.</summary>
    public static string Of(PublicActivity item) => item.IsConsultation ? $"/consultations/{item.Name}" : $"/engagements/{item.Name}";
}
