using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case</c>.</summary>
internal static class CaseCommands
{
    public static Command Create() => HubCommand.Described(
        "case", "Open cases, and see what is in them and what is missing", "case list",
        [CaseCreateCommand.Create(), CaseListCommand.Create(), CaseShowCommand.Create(), CaseMissingCommand.Create(),
        CaseLetterCommand.Create(), CaseHoldCommand.Create(), CaseHoldCommand.CreateRelease(), CaseLinksCommand.Create(),
        CaseLinksCommand.CreateUnlink(), CaseLinksCommand.CreateRelink(), UploadLinkCommand.Create(), .. CaseMoveCommand.CreateAll()]);
}
