using Engagement.Participation.Domain.Questions;

namespace Engagement.Participation.Domain.Equality;

/// <summary>
/// The equality monitoring questions: harmonised wording of the Government Statistical Service, aligned with the 2021 census of
/// England. The standards are being revised, so the set is data with a version, and every stored answer names it. Gender
/// identity is left out: its standard is under development.
/// </summary>
internal static class EqualityQuestionSet
{
    public const string Version = "GSS-2021-E";

    private const string Resource = "equality-questions-gss-2021-e.json";

    public static QuestionnaireContent Content { get; } = Load();

    private static QuestionnaireContent Load()
    {
        using var resource = typeof(EqualityQuestionSet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not part of the program.");
        using var reader = new StreamReader(resource);
        return QuestionnaireContent.FromJson(reader.ReadToEnd());
    }
}
