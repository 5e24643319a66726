using RecordHub.Cli.Output;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary>How a person reads whether studies are complete.</summary>
internal static class StudyText
{
    public static void Write(CommandOutput output, IReadOnlyList<StudyView> studies)
    {
        if (studies.Count > 0)
        {
            output.Line();
            output.Table(["Study", "Instances", "Is", "Why"], studies.SelectMany(study => study.Reasons.Select(
                IReadOnlyList<string> (reason, place) => place == 0
                    ? [study.Name, $"{study.Instances}", study.State, reason.Sentence]
                    : ["", "", "", reason.Sentence])));
        }
    }
}
