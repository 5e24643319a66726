using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub study</c>.</summary>
internal static class StudyCommands
{
    public static Command Create() => HubCommand.Described(
        "study", "Set right which case a study is in", "study split 1.2.840.99999.1 --from 1 --to 2 --series 1.2.840.99999.1.3",
        StudySplitCommand.Create());
}
