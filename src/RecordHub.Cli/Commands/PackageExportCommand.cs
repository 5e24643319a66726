using System.CommandLine;
using RecordHub.Core.Cases;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package export</c>.</summary>
internal static class PackageExportCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<string> target = new("--out") { Description = "The ZIP to write", HelpName = "FILE.zip", Required = true };
        Option<int> version = Symbols.Version("--version", "The version; without it the latest", required: false);
        Option<bool> reconciled = new("--reconciled")
        {
            Description = "DICOM files name the case's patient; what they came with stays in their Original Attributes Sequence",
        };
        return HubCommand.Described(
            "export", "Write a version to a ZIP that can be carried and read offline", "package export 1 --out case-1.zip",
            number, target, version, reconciled)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                string path = Path.GetFullPath(parsed.GetRequiredValue(target));
                int asked = parsed.GetValue(version);

                // Written beside and renamed, so that a broken export never looks like a whole one.
                string partial = path + ".part";
                try
                {
                    await using (FileStream zip = new(partial, FileMode.Create, FileAccess.ReadWrite))
                    {
                        await hub.ExportPackageAsync(
                            parsed.GetRequiredValue(number), asked == 0 ? null : asked, parsed.GetValue(reconciled), zip,
                            cancellationToken);
                    }

                    File.Move(partial, path, overwrite: true);
                }
                finally
                {
                    File.Delete(partial);
                }

                PackageVerifyCommand.Report(output, path);
                return ExitCodes.Done;
            });
    }
}
