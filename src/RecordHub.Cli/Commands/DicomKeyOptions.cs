using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Commands;

/// <summary>How a command is told what to ask a DICOM node for: keys and a level.</summary>
internal sealed class DicomKeyOptions
{
    private static readonly string[] s_levels = ["PATIENT", "STUDY", "SERIES", "IMAGE"];
    private static readonly DicomTag[] s_below = [DicomTags.SeriesInstanceUID, DicomTags.SOPInstanceUID];

    /// <summary><c>-k PatientName=Doe*</c>.</summary>
    public Option<DicomDataSet> Keys { get; } = new("--match", "-k")
    {
        Description = "A key, by keyword or tag, with a value (wildcards * and ?, ranges of dates 20260101-20260131, several "
            + "separated by backslashes) or without one, to be answered; may be repeated",
        HelpName = "KEY=VALUE",
        Required = true,
        CustomParser = Parse,
    };

    /// <summary><c>--level STUDY</c>.</summary>
    public Option<string> Level { get; } = MakeLevel();

    /// <summary><c>--patient-root</c>.</summary>
    public Option<bool> PatientRoot { get; } = new("--patient-root")
    {
        Description = "Ask in the patient root (default: the study root where the peer takes it, but for the level PATIENT)",
    };

    /// <summary>The information models to ask in, in this order.</summary>
    public IReadOnlyList<QueryModel> Models(ParseResult parsed) =>
        parsed.GetValue(PatientRoot) ? [QueryModel.PatientRoot] : [QueryModel.StudyRoot, QueryModel.PatientRoot];

    /// <summary>Asks for a key of patient or study with a value: without one, everything that the peer has would come.</summary>
    public void RequireWanted(Command command) => command.Validators.Add(result =>
    {
        if (result.GetResult(Keys) is { Tokens.Count: > 0 } given && !given.Errors.Any()
            && result.GetValue(Keys) is { } keys && !keys.Any(key => !s_below.Contains(key.Tag) && key.Value.Length > 0))
        {
            result.AddError("A key of a patient or study needs a value, such as StudyInstanceUID=1.2.3 or PatientID=4711.");
        }
    });

    /// <summary>The keys and the level.</summary>
    public DicomDataSet Identifier(ParseResult parsed) =>
        parsed.GetRequiredValue(Keys).Add(DicomTags.QueryRetrieveLevel, LevelOf(parsed));

    /// <summary>The level, in capitals.</summary>
    public string LevelOf(ParseResult parsed) => parsed.GetRequiredValue(Level).ToUpperInvariant();

    private static Option<string> MakeLevel()
    {
        Option<string> level = new("--level")
        {
            Description = "What to ask about: PATIENT, STUDY, SERIES or IMAGE",
            HelpName = "LEVEL",
            DefaultValueFactory = _ => "STUDY",
        };
        level.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !s_levels.Contains(result.Tokens[0].Value.ToUpperInvariant()))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no level; it is one of {string.Join(", ", s_levels)}.");
            }
        });
        return level;
    }

    private static DicomDataSet Parse(ArgumentResult result)
    {
        DicomDataSet keys = new();
        foreach (Token token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? token.Value : token.Value[..equals];
            if (!DicomTag.TryParse(name, out DicomTag tag) && !DicomDictionary.TryGetTag(name, out tag))
            {
                result.AddError(
                    $"'{name}' is no keyword of DICOM and no tag; write it as PatientID=4711 or 0010,0020=4711.");
                return keys;
            }

            if (!TryAdd(keys, tag, equals < 0 ? string.Empty : token.Value[(equals + 1)..]))
            {
                result.AddError($"{name} takes no such value: it is {DicomDictionary.VrOf(tag).Code()}.");
                return keys;
            }
        }

        return keys;
    }

    private static bool TryAdd(DicomDataSet keys, DicomTag tag, string value)
    {
        DicomVr vr = DicomDictionary.VrOf(tag);
        if (vr.IsText())
        {
            keys.AddText(tag, vr, value);
        }
        else if (value.Length == 0 && vr == DicomVr.SQ)
        {
            keys.Add(tag, Array.Empty<DicomDataSet>());
        }
        else if (value.Length == 0)
        {
            keys.Add(tag, vr, ReadOnlyMemory<byte>.Empty);
        }
        else if (vr is DicomVr.US or DicomVr.UL
            && ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            keys.Add(tag, number);
        }
        else
        {
            return false;
        }

        return true;
    }
}
