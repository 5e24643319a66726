using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Pipeline;

/// <summary>The keys of the outbox's Study rows.</summary>
internal static class StudyKeys
{
    /// <summary>Reads a case number, a blank and a Study Instance UID.</summary>
    /// <exception cref="FormatException">It is no such key.</exception>
    internal static StudyKey Parse(string key)
    {
        int blank = key.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && CaseNumber.TryParse(key[..blank], out CaseNumber number)
            ? new StudyKey(number, key[(blank + 1)..])
            : throw new FormatException("Not the key of a study.");
    }
}
