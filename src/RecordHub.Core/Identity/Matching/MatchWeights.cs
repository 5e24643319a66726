using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace RecordHub.Core.Identity.Matching;

/// <summary>What each level of each field weighs, the thresholds, and the lists of names: match-weights.json.</summary>
internal sealed class MatchWeights
{
    private readonly MatchWeightsFile _file;
    private readonly FrozenDictionary<string, double> _commonFamilies;
    private readonly FrozenDictionary<string, double> _commonGiven;
    private readonly FrozenSet<(string, string)> _shortForms;

    private MatchWeights(MatchWeightsFile file)
    {
        _file = file;
        _commonFamilies = Shares(file.CommonFamilyNames);
        _commonGiven = Shares(file.CommonGivenNames);
        _shortForms = file.ShortForms.Select(Words).SelectMany(line => line.Skip(1).Select(form => (line[0], form))).ToFrozenSet();
        Particles = Words(file.Particles).ToFrozenSet(StringComparer.Ordinal);
        Placeholders = Words(file.Placeholders).ToFrozenSet(StringComparer.Ordinal);
        Generations = file.Generations.SelectMany(pair => Words(pair.Value).Select(word => (word, pair.Key)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Key, StringComparer.Ordinal);
        SwappedPenalty = Bits(MatchField.FamilyName, MatchLevel.Swapped) - Bits(MatchField.FamilyName, MatchLevel.Exact);
    }

    /// <summary>The weights that the service was built with.</summary>
    internal static MatchWeights BuiltIn { get; } = Load();

    internal MatchWeightsFile File => _file;

    internal double Certain => _file.Thresholds.Certain;

    internal double Probable => _file.Thresholds.Probable;

    internal double Possible => _file.Thresholds.Possible;

    /// <summary>Enough when the sender named the case.</summary>
    internal double Named => _file.Thresholds.Named;

    /// <summary>How far the best candidate has to be ahead of the next.</summary>
    internal double Margin => _file.Thresholds.Margin;

    /// <summary>The odds against any two records being one person's.</summary>
    internal double Prior => _file.Thresholds.Prior;

    internal FrozenSet<string> Particles { get; }

    internal FrozenSet<string> Placeholders { get; }

    internal FrozenDictionary<string, string> Generations { get; }

    internal double SwappedPenalty { get; }

    internal double Bits(MatchField field, MatchLevel level) => level == MatchLevel.Unsaid ? 0 : _file.Fields[field][level].Bits;

    /// <summary>A name that many have weighs less when it agrees; the commoner of the two writings counts.</summary>
    internal double Bits(MatchField field, MatchLevel level, NamePart one, NamePart other)
    {
        double bits = Bits(field, level);
        if (level is MatchLevel.Unsaid or MatchLevel.Different or MatchLevel.Initial)
        {
            return bits;
        }

        MatchWeightsFile.Weight exact = _file.Fields[field][MatchLevel.Exact];
        double share = Math.Max(ShareOf(field, one), ShareOf(field, other));
        return share <= exact.U ? bits : Math.Max(bits - Math.Log2(share / exact.U), 0);
    }

    internal bool IsGivenName(string name) => _commonGiven.ContainsKey(name);

    internal bool IsShortForm(string one, string other) => _shortForms.Contains((one, other)) || _shortForms.Contains((other, one));

    private double ShareOf(MatchField field, NamePart part)
    {
        FrozenDictionary<string, double> shares = field == MatchField.FamilyName ? _commonFamilies : _commonGiven;
        double share = part.IsIdeographic ? _file.Ideographic[field] : 0;
        foreach (string writing in part.Writings)
        {
            share = Math.Max(share, shares.GetValueOrDefault(writing));
        }

        return share;
    }

    private static FrozenDictionary<string, double> Shares(Dictionary<string, string> byShare) => byShare
        .SelectMany(pair => Words(pair.Value)
            .Select(name => (name, Share: double.Parse(pair.Key, CultureInfo.InvariantCulture))))
        .GroupBy(pair => pair.name, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Max(pair => pair.Share), StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static MatchWeights Load()
    {
        const string Name = "RecordHub.Core.match-weights.json";
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not embedded.");
        return new MatchWeights(JsonSerializer.Deserialize(stream, MatchWeightsJson.Default.MatchWeightsFile)
            ?? throw new InvalidDataException($"{Name} is empty."));
    }
}
