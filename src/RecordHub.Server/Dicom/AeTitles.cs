using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>What called AE titles mean here.</summary>
public static class AeTitles
{
    /// <summary>A called title of this form names a case: RHCASE12.</summary>
    public const string CasePrefix = "RHCASE";

    /// <summary>The title that names a case.</summary>
    public static string Of(CaseNumber number) => CasePrefix + number;

    /// <summary>What a called title means; null when it is none of ours.</summary>
    public static CalledAlias? Find(string called, RecordHubOptions options)
    {
        if (string.Equals(called, options.AeTitle.Trim(' '), StringComparison.Ordinal))
        {
            return new CalledAlias(called, null, default);
        }

        return called.StartsWith(CasePrefix, StringComparison.Ordinal)
            && CaseNumber.TryParse(called[CasePrefix.Length..], out CaseNumber number)
            ? new CalledAlias(called, null, number)
            : options.Aliases.FirstOrDefault(alias => alias.AeTitle == called);
    }
}
