using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>Whether a reason may stay when the patient is forgotten. Pure.</summary>
internal static class PurgeReason
{
    private const int LeastName = 3;
    private const int MostLength = 500;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal static PurgeOutcome.Refused? Check(string reason, CasePatient patient)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MostLength)
        {
            return new PurgeOutcome.Refused(
                "This needs a reason of at most 500 characters.", "Say why, such as: the retention period has ended.");
        }

        bool names = new[] { patient.Name.Family, patient.Name.Given }.Where(name => name.Length >= LeastName)
            .Concat(patient.Identifiers.Select(one => one.Value))
            .Any(word => word.Length > 0 && reason.Contains(word, StringComparison.OrdinalIgnoreCase));
        return names
            ? new PurgeOutcome.Refused(
                "The reason names the patient.", "The reason stays when the patient is forgotten: write it without name and identifiers.")
            : null;
    }
}
