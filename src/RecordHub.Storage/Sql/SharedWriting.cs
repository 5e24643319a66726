using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;

namespace RecordHub.Storage.Sql;

/// <summary>
/// What the rows of filings that are saved together have in common, made once: instances of a series name one patient.
/// </summary>
internal sealed class SharedWriting
{
    private readonly Dictionary<(string Claim, RecordState State, string Reason, string? Study), string[]> _keys = [];
    private readonly Dictionary<string, (string Groups, string Words)> _names = new(StringComparer.Ordinal);

    /// <summary>The keys by which a record is found by whom it names, of it and how its claim is written.</summary>
    internal string[] KeysOf(HeldRecord record, string written)
    {
        string? study = record.Claim.NamesNobody ? record.StudyInstanceUid : null;
        if (!_keys.TryGetValue((written, record.State, record.Reason, study), out string[]? keys))
        {
            _keys.Add(
                (written, record.State, record.Reason, study),
                keys = [.. IdentityKeys.Of(record).Select(IndexText.Of).OfType<string>().Distinct()]);
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
