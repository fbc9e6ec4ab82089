namespace Engagement.Consultations.Domain.Assurance;

public enum AssuranceScheme
{
    /// <summary>The four principles of fair consultation.</summary>
    Gunning,

    /// <summary>The seven practices of the Consultation Institute's Charter.</summary>
    Charter,
}

/// <summary>One principle or practice that a consultation is held against: with evidence, at publication and again at decision.</summary>
/// <param name="Key">Stable, such as <c>adequate-time</c>.</param>
/// <param name="Asks">What it asks, in plain words.</param>
internal sealed record Practice(string Key, AssuranceScheme Scheme, string Name, string Asks, string Citation)
{
    public const string FormativeStage = "formative-stage";
    public const string SufficientReasons = "sufficient-reasons";
    public const string AdequateTime = "adequate-time";
    public const string ConscientiousConsideration = "conscientious-consideration";
    public const string Integrity = "integrity";
    public const string Visibility = "visibility";
    public const string Accessibility = "accessibility";
    public const string Transparency = "transparency";
    public const string Disclosure = "disclosure";
    public const string FairInterpretation = "fair-interpretation";
    public const string Publication = "publication";

    public const string GunningCitation = "R v Brent LBC ex p Gunning (1985) 84 LGR 168; R (Moseley) v Haringey LBC [2014] UKSC 56";

    public const string CharterCitation = "The Consultation Institute, The Consultation Charter";

    public static readonly IReadOnlyList<Practice> All =
    [
        new(FormativeStage, AssuranceScheme.Gunning, "Formative stage", "The council asks while the proposal can still change.", GunningCitation),
        new(SufficientReasons, AssuranceScheme.Gunning, "Sufficient reasons", "People are told enough, alternatives included where they matter, to answer with understanding.", GunningCitation),
        new(AdequateTime, AssuranceScheme.Gunning, "Adequate time", "People have time enough to consider and to answer.", GunningCitation),
        new(ConscientiousConsideration, AssuranceScheme.Gunning, "Conscientious consideration", "Whoever decides considers what was said before they decide.", GunningCitation),
        new(Integrity, AssuranceScheme.Charter, "Integrity", "The council means it: it is willing to listen and can still be influenced.", CharterCitation),
        new(Visibility, AssuranceScheme.Charter, "Visibility", "Everybody who has a right to take part is made aware of it.", CharterCitation),
        new(Accessibility, AssuranceScheme.Charter, "Accessibility", "Everybody concerned can take part in a way that suits them.", CharterCitation),
        new(Transparency, AssuranceScheme.Charter, "Transparency", "What was said is shown, unless somebody asked for confidence or the law demands it.", CharterCitation),
        new(Disclosure, AssuranceScheme.Charter, "Disclosure", "The council discloses what matters to the decision, and expects the same of those who answer.", CharterCitation),
        new(FairInterpretation, AssuranceScheme.Charter, "Fair interpretation", "What was said is collated and assessed objectively.", CharterCitation),
        new(Publication, AssuranceScheme.Charter, "Publication", "People hear what was said, what was decided and why.", CharterCitation),
    ];

    public static Practice? Find(string key) => All.FirstOrDefault(p => p.Key == key);
}
