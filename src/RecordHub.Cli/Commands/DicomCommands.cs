using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom</c>.</summary>
internal static class DicomCommands
{
    public static Command Create() => HubCommand.Described(
        "dicom", "Tools for DICOM files and nodes", "dicom echo 127.0.0.1:11112",
        DicomDumpCommand.Create(), DicomEchoCommand.Create(), DicomSendCommand.Create(), DicomCommitCommand.Create(),
        DicomCommitmentsCommand.Create(), DicomFindCommand.Create(), DicomGetCommand.Create(), DicomMoveCommand.Create(),
        DicomDeidentifyCommand.Create(), DicomDirectoryCommand.Create());
}
