using System.CommandLine;
using System.Text;
using System.Text.Json;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom dump</c>.</summary>
internal static class DicomDumpCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "A DICOM file or bare data set" };
        Command command = HubCommand.Described(
            "dump",
            "Print what a DICOM file holds, what is odd about it, and where it ends if it is not whole (exit code 3); "
                + "--json prints DICOM JSON",
            "dicom dump image.dcm", file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            string path = parsed.GetRequiredValue(file);
            try
            {
                await using FileStream stream = File.OpenRead(path);
                DicomHeader header = await DicomFile.ReadHeaderAsync(stream, cancellationToken);
                if (context.Output.IsJson)
                {
                    await WriteJsonAsync(context.Ready, header);
                    foreach (string note in DicomDump.Notes(header))
                    {
                        context.Output.Note(note);
                    }
                }
                else
                {
                    DicomDump.Write(context.Ready, header);
                }

                return header.TruncatedAt is null ? ExitCodes.Done : ExitCodes.Attention;
            }
            catch (DicomFormatException notDicom)
            {
                throw new CommandException(
                    $"{path}: {notDicom.Message}", "Check that the file is complete and a DICOM file.");
            }
        });
        return command;
    }

    private static async Task WriteJsonAsync(TextWriter output, DicomHeader header)
    {
        using MemoryStream buffer = new();
        await using (Utf8JsonWriter writer = new(buffer, DicomJsonWriter.WriterOptions))
        {
            DicomJsonWriter.Write(writer, header.DataSet);
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
