using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Packages;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package verify</c>: needs no store, only the file.</summary>
internal static class PackageVerifyCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "An exported package" };
        Command command = HubCommand.Described(
            "verify", "Check that an exported package is whole and unchanged", "package verify case-1.zip", file);
        command.SetAction(parsed => Report(new CommandContext(parsed).Output, parsed.GetRequiredValue(file)));
        return command;
    }

    public static int Report(CommandOutput output, string path)
    {
        using FileStream zip = File.OpenRead(path);
        PackageVerification verification = PublishingDesk.Verify(zip);
        VerifiedView verified = new(
            verification.Ok, verification.Files, verification.Digest, verification.Problems);
        output.Show(verified, HubJson.Default.VerifiedView, view =>
        {
            output.Line(view.Ok
                ? $"{path}: {view.Files} files, whole and unchanged."
                : $"{path}: damaged or changed. Do not use it; ask for it again.");
            output.Line($"  Digest (SHA-256)  {view.Digest}");
            foreach (string problem in view.Problems)
            {
                output.Line($"  {problem}");
            }
        });
        return verified.Ok ? ExitCodes.Done : ExitCodes.Failed;
    }
}
