using System.Text.Json;
using RecordHub.Cli.Hub;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Cli.Deidentification;

/// <summary>How the command line and a file of rules say where pixels are blanked.</summary>
internal static class BlankingWords
{
    public const string OutsideRegions = "outside-regions";
    private const int MaxFileBytes = 1024 * 1024;

    public static bool IsRegion(string word) => word == OutsideRegions || PixelRegion.TryParse(word, out _);

    /// <param name="words">Each of them <see cref="IsRegion"/>.</param>
    /// <param name="rulesFile">Null when there is none.</param>
    public static PixelCleaning Parse(IReadOnlyList<string> words, string? rulesFile) => new()
    {
        Regions = Regions(words),
        OutsideDeclaredRegions = words.Contains(OutsideRegions),
        Rules = rulesFile is null ? [] : Rules(rulesFile),
    };

    private static List<PixelRegion> Regions(IReadOnlyList<string> words)
    {
        List<PixelRegion> regions = [];
        foreach (string word in words)
        {
            if (PixelRegion.TryParse(word, out PixelRegion region))
            {
                regions.Add(region);
            }
        }

        return regions;
    }

    private static BlankingRule[] Rules(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= MaxFileBytes })
        {
            throw Wrong("There is no such file, or it is larger than 1 MB.");
        }

        try
        {
            IReadOnlyList<BlankingRuleLine?> lines = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), HubJson.Default.IReadOnlyListBlankingRuleLine) ?? throw Wrong("It holds no list.");
            return [.. lines.Select((line, index) => Rule(line, index + 1))];
        }
        catch (JsonException wrong)
        {
            throw Wrong(wrong.Message);
        }
    }

    private static BlankingRule Rule(BlankingRuleLine? line, int number)
    {
        if (line?.Regions is not { } words)
        {
            throw Wrong($"Rule {number} has no \"regions\"; for images that have no text write an empty list.");
        }

        return words.FirstOrDefault(word => !IsRegion(word)) is { } wrong
            ? throw Wrong($"Rule {number}: '{wrong}' is neither X,Y,W,H nor {OutsideRegions}.")
            : new BlankingRule
            {
                Modality = line.Modality,
                Manufacturer = line.Manufacturer,
                Model = line.Model,
                Rows = line.Rows,
                Columns = line.Columns,
                Regions = Regions(words),
                OutsideDeclaredRegions = words.Contains(OutsideRegions),
            };
    }

    private static CommandException Wrong(string what) => new(
        "The blanking rules cannot be read. " + what,
        """Write a list such as [{"modality":"US","manufacturer":"ACME","rows":480,"columns":640,"regions":["0,0,640,40"]}].""",
        ExitCodes.Usage);
}
