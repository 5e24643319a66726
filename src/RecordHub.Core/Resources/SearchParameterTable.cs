using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace RecordHub.Core.Resources;

/// <summary>
/// The search parameters that the index keeps, by resource type: those of R4 whose values are tokens, references, dates,
/// text and URIs. <c>_id</c> and <c>_lastUpdated</c> are the store's.
/// </summary>
/// <remarks>
/// The table is the embedded <c>search-parameters.txt</c>, made once from the standard's expressions. Only the lines of
/// the types that are asked for are parsed.
/// </remarks>
public static class SearchParameterTable
{
    private const string Resource = "RecordHub.Core.search-parameters.txt";

    private static readonly IReadOnlyList<SearchParameterDefinition> s_common =
    [
        new("_profile", IndexKind.Uri, ["meta.profile"]),
        new("_security", IndexKind.Token, ["meta.security"]),
        new("_source", IndexKind.Uri, ["meta.source"]),
        new("_tag", IndexKind.Token, ["meta.tag"]),
    ];

    private static readonly Lazy<FrozenDictionary<string, string[]>> s_lines = new(Read);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<SearchParameterDefinition>> s_parsed = new();

    /// <summary>The resource types of R4, in ordinal order.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. s_lines.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether R4 has a resource type of this name.</summary>
    public static bool IsResourceType(string type) => s_lines.Value.ContainsKey(type);

    /// <summary>
    /// The parameters of a type, the common ones first, each part in ordinal order of code; the common ones alone for a
    /// name that is no type.
    /// </summary>
    public static IReadOnlyList<SearchParameterDefinition> For(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return s_lines.Value.TryGetValue(type, out string[]? lines)
            ? s_parsed.GetOrAdd(type, static (_, own) => [.. s_common, .. own.Select(Parse)], lines)
            : s_common;
    }

    /// <summary>The parameter of this code; null when the type has none.</summary>
    public static SearchParameterDefinition? Find(string type, string code) =>
        For(type).FirstOrDefault(parameter => parameter.Code == code);

    private static SearchParameterDefinition Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new SearchParameterDefinition(words[0], Enum.Parse<IndexKind>(words[1], ignoreCase: true), words[2..]);
    }

    private static FrozenDictionary<string, string[]> Read()
    {
        using Stream stream = typeof(SearchParameterTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The search parameter table is not in the assembly.");
        using StreamReader reader = new(stream);
        Dictionary<string, string[]> types = new(StringComparer.Ordinal);
        string type = string.Empty;
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(' '))
            {
                lines.Add(line);
            }
            else if (!line.StartsWith('#'))
            {
                Keep(types, type, lines);
                type = line;
                lines = [];
            }
        }

        Keep(types, type, lines);
        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Keep(Dictionary<string, string[]> types, string type, List<string> lines)
    {
        if (type.Length > 0)
        {
            types[type] = [.. lines];
        }
    }
}
