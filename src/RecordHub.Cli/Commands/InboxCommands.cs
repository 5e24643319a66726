using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox</c>.</summary>
internal static class InboxCommands
{
    public static Command Create() => HubCommand.Described(
        "inbox", "Decide about records that are held", "inbox list",
        InboxListCommand.Create(), InboxGroupsCommand.Create(), InboxAlertsCommand.Create(),
        InboxShowCommand.Create(), InboxAssignCommand.Create(), InboxRejectCommand.Create(),
        InboxUndoCommand.Create());
}
