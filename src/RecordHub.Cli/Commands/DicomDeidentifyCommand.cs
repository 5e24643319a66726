using System.CommandLine;
using RecordHub.Cli.Deidentification;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using RecordHub.Dicom.Deidentification;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom deidentify</c>.</summary>
internal static class DicomDeidentifyCommand
{
    private static readonly Argument<string[]> s_paths = new("path")
    {
        Description = "Files and folders",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> s_target = new("--out")
    {
        Description = "A new or empty folder; gets DICOM/… and a DICOMDIR",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string[]> s_options = Options();
    private static readonly Option<string?> s_keyFile = new("--key-file")
    {
        Description = "A secret of at least 16 bytes; the same one gives the same UIDs, dates and pseudonyms again",
        HelpName = "F",
    };

    private static readonly Option<CaseNumber> s_case = Symbols.CaseOption(
        "Use this case's own key, kept in the data folder; without it and --key-file a key is made and forgotten");

    private static readonly Option<string?> s_patientId = new("--patient-id") { Description = "The new Patient ID", HelpName = "X" };
    private static readonly Option<string?> s_patientName = new("--patient-name")
    {
        Description = "The new Patient's Name, such as 'Trial^Seven'",
        HelpName = "Y",
    };

    private static readonly Option<bool> s_burnedIn = new("--allow-burned-in")
    {
        Description = "Take images that say that text is burned into their pixels; it stays there",
    };

    private static readonly Option<bool> s_documents = new("--replace-documents")
    {
        Description = "Put an empty document in place of an encapsulated PDF or CDA",
    };

    private static readonly Option<string[]> s_blank = Blank();
    private static readonly Option<string?> s_blankRules = new("--blank-rules")
    {
        Description = "A JSON list of {modality, manufacturer, model, rows, columns, regions}; the first that fits an image counts",
        HelpName = "F",
    };

    private static readonly Option<bool> s_recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };

    public static Command Create()
    {
        Command command = HubCommand.Described(
            "deidentify",
            "Write de-identified copies (DICOM PS3.15 Annex E); pixels are not looked at, and blanked where you say",
            "dicom deidentify ./study --recursive --out ./clean --option clean-descriptors --option clean-pixel-data "
            + "--blank 0,0,640,40 --blank outside-regions --key-file trial.key",
            s_paths, s_target, s_options, s_blank, s_blankRules, s_keyFile, s_case, s_patientId, s_patientName, s_burnedIn,
            s_documents, s_recursive);
        command.Validators.Add(result =>
        {
            string[] given = result.GetValue(s_options) ?? [];
            if (given.Contains("retain-longitudinal-temporal-full-dates")
                && given.Contains("retain-longitudinal-temporal-modified-dates"))
            {
                result.AddError("Full dates and modified dates do not go together: choose one.");
            }

            if (given.Contains("clean-pixel-data") != (result.GetValue(s_blank) is [_, ..] || result.GetValue(s_blankRules) is not null))
            {
                result.AddError(
                    "--option clean-pixel-data goes with --blank or --blank-rules: pixels are blanked where you say, and nowhere else.");
            }

            if (result.GetValue(s_keyFile) is not null && !result.GetValue(s_case).IsNone)
            {
                result.AddError("--key-file and --case do not go together: choose one.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        CommandContext context = new(parsed);
        string target = Path.GetFullPath(parsed.GetRequiredValue(s_target));
        string[] paths = [.. parsed.GetRequiredValue(s_paths).Select(Path.GetFullPath)];
        if (paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new CommandException($"There is no {missing}.", "Check the path; nothing was written.");
        }

        if (Path.Exists(target) && (File.Exists(target) || Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new CommandException(
                $"{target} is not an empty folder.", "Give a new one: what is there must not mix with de-identified files.");
        }

        DeidentificationOptions options = new()
        {
            Key = KeyOf(parsed, context),
            Options = (parsed.GetValue(s_options) ?? []).Select(DeidentificationWords.OptionOf).ToHashSet(),
            PatientId = parsed.GetValue(s_patientId),
            PatientName = parsed.GetValue(s_patientName),
            AllowBurnedIn = parsed.GetValue(s_burnedIn),
            Pixels = BlankingWords.Parse(parsed.GetValue(s_blank) ?? [], parsed.GetValue(s_blankRules)),
            ReplaceDocuments = parsed.GetValue(s_documents),
        };
        Directory.CreateDirectory(target);
        return await RunAsync(context.Output, options, target, paths, parsed.GetValue(s_recursive), cancellationToken);
    }

    private static async Task<int> RunAsync(
        CommandOutput output, DeidentificationOptions options, string target, string[] paths, bool recursive,
        CancellationToken cancellationToken)
    {
        DeidentificationReport report = new(output);
        DeidentificationRun run = new(options, target, report.Add);
        await report.WithProgressAsync(() => run.RunAsync(paths, recursive, cancellationToken), run, cancellationToken);
        report.Finish(run, target);
        return run.Summary[DeidentifiedLine.Refused] == 0 && run.Summary[DeidentifiedLine.Done] > 0 ? ExitCodes.Done
            : run.Summary[DeidentifiedLine.Done] > 0 ? ExitCodes.Attention
            : ExitCodes.Failed;
    }

    private static DeidentificationKey KeyOf(ParseResult parsed, CommandContext context)
    {
        CaseNumber number = parsed.GetValue(s_case);
        if (!number.IsNone && context.IsRemote)
        {
            throw new CommandException(
                "The key of a case is in its data folder and does not travel.",
                "Run this where the data folder is, with --data, or give --key-file.", ExitCodes.Usage);
        }

        return parsed.GetValue(s_keyFile) is { } file ? DeidentificationKeys.OfFile(file)
            : number.IsNone ? DeidentificationKey.Random()
            : DeidentificationKeys.OfCase(context.Data, number);
    }

    private static Option<string[]> Options()
    {
        Option<string[]> option = new("--option")
        {
            Description = "One of " + string.Join(", ", DeidentificationWords.Options) + "; may be repeated",
            HelpName = "O",
        };
        option.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Except(DeidentificationWords.Options))
            {
                result.AddError(word == "clean-recognizable-visual-features"
                    ? $"{word} needs somebody who finds a face in the pixels, which RecordHub cannot; use a defacing tool first."
                    : $"'{word}' is no option; the options are {string.Join(", ", DeidentificationWords.Options)}.");
            }
        });
        return option;
    }

    private static Option<string[]> Blank()
    {
        Option<string[]> blank = new("--blank")
        {
            Description = "Make X,Y,W,H of every image black, or what is outside-regions that an ultrasound image declares; may be repeated",
            HelpName = "R",
        };
        blank.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => !BlankingWords.IsRegion(word)))
            {
                result.AddError($"'{word}' is neither X,Y,W,H in pixels of the image, such as 0,0,640,40, nor {BlankingWords.OutsideRegions}.");
            }
        });
        return blank;
    }
}
