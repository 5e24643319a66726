using System.CommandLine;
using System.Text.RegularExpressions;
using RecordHub.Cli.Import;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom dicomdir</c>.</summary>
internal static partial class DicomDirectoryCommand
{
    private const string FileName = "DICOMDIR";
    private const int MostComponents = 8;

    public static Command Create()
    {
        Argument<string> folder = new("folder") { Description = "A folder whose files have names of a medium: up to 8 of A-Z, 0-9, _" };
        Command command = HubCommand.Described(
            "dicomdir", "Write the DICOMDIR of a folder of DICOM files, so that it can be burnt", "dicom dicomdir ./disc", folder);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            string root = Path.GetFullPath(parsed.GetRequiredValue(folder));
            if (!Directory.Exists(root))
            {
                throw new CommandException($"There is no folder {root}.", "Check the path.");
            }

            DicomDirectoryWriter writer = new();
            int left = 0;
            foreach (string path in ImportWalker.Walk([root], recursive: true).OfType<ImportSource.Found>().Select(found => found.Path))
            {
                if (await AddAsync(writer, root, path, cancellationToken) is { Length: > 0 } reason)
                {
                    left++;
                    context.Output.Note($"{path}: not listed. {reason}");
                }
            }

            string target = Path.Combine(root, FileName);
            string partial = target + ".part";
            await File.WriteAllBytesAsync(partial, writer.ToBytes("RECORDHUB"), cancellationToken);
            File.Move(partial, target, overwrite: true);
            context.Output.Line($"{target}: {writer.Count} files listed, {left} not.");
            return left == 0 ? ExitCodes.Done : ExitCodes.Attention;
        });
        return command;
    }

    // Gives why the file is not listed; empty when it is, or is a directory itself.
    private static async Task<string> AddAsync(
        DicomDirectoryWriter writer, string root, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = ReadableFile.Open(path);
            DicomHeader header = await DicomFile.ReadHeaderAsync(file, cancellationToken);
            string[] fileId = Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar);
            return DicomDirectory.IsDirectory(header) ? string.Empty
                : header.FileMeta is null ? "It is a bare data set, not a DICOM file; import and export it."
                : fileId.Length > MostComponents || !fileId.All(part => Component().IsMatch(part))
                    ? "Its name is not allowed on a medium: at most 8 folders deep, each up to 8 of A-Z, 0-9 and _; rename it."
                : writer.Add(fileId, header.DataSet, header.TransferSyntax.Uid) ? string.Empty
                : "It has no identifiers, or no place in a directory.";
        }
        catch (DicomFormatException notDicom)
        {
            return notDicom.Message;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"Nobody could read it: {ReadableFile.ReasonOf(unreadable)}.";
        }
    }

    [GeneratedRegex("^[A-Z0-9_]{1,8}$")]
    private static partial Regex Component();
}
