using System.Security.Cryptography;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;

namespace Engagement.UnitTests.Participation;

public sealed class ReceiptSecretTests
{
    private static readonly MasterKey Key = new(RandomNumberGenerator.GetBytes(32));
    private static readonly ConsultationId Consultation = ConsultationId.New();

    [Fact]
    public void The_same_key_in_the_same_consultation_gives_the_same_secret_and_nothing_else_does()
    {
        var secret = SecretOf(Consultation, "public:anyone key-1", Key);

        SecretOf(Consultation, "public:anyone key-1", Key).ShouldBe(secret);
        SecretOf(Consultation, "public:anyone key-2", Key).ShouldNotBe(secret);
        SecretOf(ConsultationId.New(), "public:anyone key-1", Key).ShouldNotBe(secret);
        SecretOf(Consultation, "public:anyone key-1", new MasterKey(RandomNumberGenerator.GetBytes(32))).ShouldNotBe(secret);
    }

    [Fact]
    public void A_secret_proves_its_own_response_only()
    {
        var read = ReceiptSecret.Read($"7K3M-9QXP-2VTD.{SecretOf(Consultation, "public:anyone key-1", Key)}")!;

        read.Proves(Consultation, "public:anyone key-1", Key).ShouldBeTrue();
        read.Proves(Consultation, "public:anyone key-2", Key).ShouldBeFalse();
        (read with { Secret = read.Secret[..^1] }).Proves(Consultation, "public:anyone key-1", Key).ShouldBeFalse();
    }

    [Theory]
    [InlineData("7K3M-9QXP-2VTD", "7K3M9QXP2VTD")]
    [InlineData("7k3m9qxp2vtd", "7K3M9QXP2VTD")]
    [InlineData("7K3M 9QXP 2VTD", "7K3M9QXP2VTD")]
    [InlineData("OI1L-0000-0000", "011100000000")]
    [InlineData("7K3M-9QXP-2VT", null)]
    [InlineData("7K3M-9QXP-2VTDD", null)]
    [InlineData("7K3M-9QXP-2VTU", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_reference_is_read_as_people_write_it(string? written, string? read) => ReceiptReference.Read(written).ShouldBe(read);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K3M-9QXP-2VTD")]
    [InlineData("7K3M-9QXP-2VTD.")]
    [InlineData("7K3M-9QXP-2VTD.a.b")]
    [InlineData(".secret")]
    public void What_is_no_receipt_is_none(string? text) => ReceiptSecret.Read(text).ShouldBeNull();

    [Fact]
    public void References_are_read_back_as_they_are_shown()
    {
        var references = Enumerable.Range(0, 1_000).Select(_ => ReceiptReference.New()).ToList();

        references.ShouldAllBe(r => ReceiptReference.Read(ReceiptReference.Show(r)) == r);
        references.Distinct(StringComparer.Ordinal).Count().ShouldBe(1_000);
    }

    [Fact]
    public void A_link_to_unsubscribe_proves_itself_and_no_other_contact()
    {
        var contact = Guid.CreateVersion7();
        var token = Contact.UnsubscribeToken(contact, Key);

        Contact.ReadUnsubscribeToken(token, Key).ShouldBe(contact);
        Contact.ReadUnsubscribeToken(token, new MasterKey(RandomNumberGenerator.GetBytes(32))).ShouldBeNull();
        Contact.ReadUnsubscribeToken((token[0] == 'A' ? 'B' : 'A') + token[1..], Key).ShouldBeNull();
        Contact.ReadUnsubscribeToken("nonsense", Key).ShouldBeNull();
        Contact.ReadUnsubscribeToken(new string('A', 500), Key).ShouldBeNull();
    }

    private static string SecretOf(ConsultationId consultation, string idempotencyKey, MasterKey key)
    {
        var facts = new SubmissionFacts(consultation, idempotencyKey, [], 1, ResponseChannel.Web, "en", null, false, DateTimeOffset.UnixEpoch);
        return ReceiptSecret.Of(Response.Submit(facts, new StoredAnswers("{}", [])), key).Secret;
    }
}
