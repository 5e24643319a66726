using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Storage.Sql;

/// <summary>
/// What the rows of filings that are saved together have in common, made once: instances of a series name one patient.
/// </summary>
internal sealed class SharedWriting
{
    private readonly Dictionary<string, string[]> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Groups, string Words)> _names = new(StringComparer.Ordinal);

    /// <summary>The keys by which a record is found by whom it names, of a claim and how it is written.</summary>
    internal string[] KeysOf(PatientClaim claim, string written)
    {
        if (!_keys.TryGetValue(written, out string[]? keys))
        {
            _keys.Add(written, keys = [.. IdentityKeys.Of(claim).Select(IndexText.Of).OfType<string>().Distinct()]);
        }

        return keys;
    }

    /// <summary>How a person's name is kept for searching.</summary>
    internal (string? Groups, string? Words) NameOf(string? name)
    {
        if (name is null)
        {
            return default;
        }

        if (!_names.TryGetValue(name, out (string Groups, string Words) folded))
        {
            _names.Add(name, folded = (FoldedName.Groups(name), FoldedName.Words(name)));
        }

        return folded;
    }
}
