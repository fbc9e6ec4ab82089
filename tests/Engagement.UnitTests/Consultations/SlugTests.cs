using Engagement.Consultations.Domain;

namespace Engagement.UnitTests.Consultations;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Closure of Café Street – phase 2", "closure-of-cafe-street-phase-2")]
    [InlineData("What's next for Melton?", "whats-next-for-melton")]
    [InlineData("  20 mph   zones  ", "20-mph-zones")]
    [InlineData("Ysgol Gŵyr", "ysgol-gwyr")]
    [InlineData("???", "consultation")]
    [InlineData("协商", "consultation")]
    public void Comes_from_the_words_of_the_title(string title, string slug) => Slug.From(title).ShouldBe(slug);

    [Fact]
    public void Is_cut_between_words()
    {
        var slug = Slug.From(string.Join(' ', Enumerable.Repeat("library", 30)));

        slug.Length.ShouldBeLessThanOrEqualTo(Slug.MaximumLength);
        slug.Split('-').ShouldAllBe(word => word == "library");
    }

    [Theory]
    [InlineData(Slug.MaximumLength, Slug.MaximumLength)]
    [InlineData(Slug.MaximumLength + 1, Slug.MaximumLength)]
    public void Is_cut_within_a_word_that_fills_it(int letters, int length) => Slug.From(new string('a', letters)).Length.ShouldBe(length);

    [Fact]
    public void Takes_the_first_free_number()
    {
        Slug.FirstFree("bus", new HashSet<string>()).ShouldBe("bus");
        Slug.FirstFree("bus", new HashSet<string> { "bus-lane" }).ShouldBe("bus");
        Slug.FirstFree("bus", new HashSet<string> { "bus", "bus-3" }).ShouldBe("bus-2");
        Slug.FirstFree("bus", new HashSet<string> { "bus", "bus-2", "bus-3" }).ShouldBe("bus-4");
    }
}
