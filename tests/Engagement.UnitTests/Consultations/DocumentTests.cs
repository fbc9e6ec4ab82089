using Engagement.Consultations.Domain;
using Engagement.Kernel;
using static Engagement.UnitTests.Consultations.ConsultationSamples;

namespace Engagement.UnitTests.Consultations;

public sealed class DocumentTests
{
    [Fact]
    public void The_same_name_is_the_next_version_and_takes_the_old_one_from_view()
    {
        var consultation = Draft();

        var first = consultation.AddDocument("order.pdf", "application/pdf", "%PDF-1"u8.ToArray(), Author, Now);
        var second = consultation.AddDocument("order.pdf", "application/pdf", "%PDF-2"u8.ToArray(), Author, Now);

        (first.Version, second.Version).ShouldBe((1, 2));
        first.RetiredAt.ShouldBe(Now);
        second.RetiredAt.ShouldBeNull();
        first.Sha256.ShouldNotBe(second.Sha256);
        second.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("%PDF-2"u8)));
        second.Size.ShouldBe(6);
    }

    [Fact]
    public void A_paper_that_was_removed_and_comes_again_counts_on()
    {
        var consultation = Draft();
        consultation.AddDocument("a.txt", "text/plain", "a"u8.ToArray(), Author, Now);
        consultation.RemoveDocument("a.txt", Author, Now);

        consultation.AddDocument("a.txt", "text/plain", "b"u8.ToArray(), Author, Now).Version.ShouldBe(2);

        consultation.Documents.Count(d => d.RetiredAt is null).ShouldBe(1);
        consultation.DomainEvents.OfType<DocumentRemoved>().ShouldHaveSingleItem().Name.ShouldBe("a.txt");
    }

    [Fact]
    public void Removes_only_what_is_shown()
    {
        var consultation = Draft();
        consultation.AddDocument("a.txt", "text/plain", "a"u8.ToArray(), Author, Now);
        consultation.RemoveDocument("a.txt", Author, Now);

        Should.Throw<NotFoundException>(() => consultation.RemoveDocument("a.txt", Author, Now));
        Should.Throw<NotFoundException>(() => consultation.RemoveDocument("b.txt", Author, Now));
    }
}
