using System.Globalization;
using System.Text;

namespace RecordHub.Core.Retention;

/// <summary>A certificate for people. Pure.</summary>
public static class PurgeText
{
    /// <summary>The whole of it.</summary>
    public static string Of(PurgeCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        StringBuilder text = new();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"Certificate of removal, case {certificate.Case} (tenant {certificate.Tenant})");
        Line($"Reason: {certificate.Reason}");
        Line($"Asked for by {certificate.By} at {certificate.AskedAt:u}, finished at {certificate.FinishedAt:u}");
        Line($"Method: {certificate.Method}");
        Line($"Removed:");
        foreach ((string kind, long count) in certificate.Removed)
        {
            Line($"  {count,8} {kind}");
        }

        int kept = certificate.Blobs.Count(blob => blob.Outcome == PurgedBlob.Kept);
        Line($"Blobs: {certificate.Blobs.Count - kept} removed, {kept} kept because records outside of the case have the same bytes");
        foreach (PurgedBlob blob in certificate.Blobs)
        {
            Line($"  {blob.Sha256} {blob.Outcome}");
        }

        Line($"Looked at afterwards:");
        foreach (PurgeCheck check in certificate.Verification)
        {
            Line($"  {(check.Ok ? "ok" : "!!")} {check.Check}: {check.Detail}");
        }

        Line($"Journal: {certificate.Journal}");
        return text.ToString();
    }
}
