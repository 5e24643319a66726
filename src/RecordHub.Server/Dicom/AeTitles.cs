using RecordHub.Core.Cases;

namespace RecordHub.Server.Dicom;

/// <summary>What called AE titles mean here.</summary>
internal static class AeTitles
{
    /// <summary>A called title of this form names a case: RHCASE12.</summary>
    public const string CasePrefix = "RHCASE";

    /// <summary>Whether the called title is ours, and the case that it names, if it names one.</summary>
    public static bool IsOurs(string called, string ours, out CaseNumber caseNumber)
    {
        caseNumber = default;
        return string.Equals(called, ours.Trim(' '), StringComparison.Ordinal)
            || (called.StartsWith(CasePrefix, StringComparison.Ordinal)
                && CaseNumber.TryParse(called[CasePrefix.Length..], out caseNumber));
    }
}
