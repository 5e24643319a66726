using System.CommandLine;
using RecordHub.Samples;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub samples</c>: writes the synthetic case that the demonstration and the walk-through use.</summary>
internal static class SamplesCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("folder") { Description = "The folder to write to; created when missing" };
        Option<int> seed = new("--seed") { Description = "The same seed gives the same files", DefaultValueFactory = _ => 1 };
        Command command = HubCommand.Described(
            "samples", "Write the synthetic records of a patient who does not exist", "samples ./synthetic --seed 1", folder, seed);
        command.SetAction(parsed =>
        {
            CommandContext context = new(parsed);
            string path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            SampleCase sample = SampleCase.Generate(parsed.GetValue(seed));
            sample.WriteTo(path);
            context.Output.Line(
                $"{sample.Files.Count} files of {sample.Patient.Family}, {sample.Patient.Given}, born {sample.Patient.BirthDateIso}, are in {path}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
