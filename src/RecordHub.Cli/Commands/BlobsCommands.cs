using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub blobs</c>.</summary>
internal static class BlobsCommands
{
    public static Command Create() => HubCommand.Described(
        "blobs", "Look after the stored bytes", "blobs rotate-keys --data ./records", RotateKeysCommand.Create());
}
