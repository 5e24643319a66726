using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package</c>.</summary>
internal static class PackageCommands
{
    public static Command Create() => HubCommand.Described(
        "package", "Publish and compare the versions of a case's package", "package publish 1",
        PackagePublishCommand.Create(), PackageShowCommand.Create(), PackageReadersCommand.Create(),
        PackageDiffCommand.Create(),
        PackageExportCommand.Create(), PackageVerifyCommand.Create());
}
