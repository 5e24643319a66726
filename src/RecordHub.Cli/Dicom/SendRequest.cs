using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Dicom;

/// <summary>What of the store is to be sent, and to whom.</summary>
internal sealed record SendRequest
{
    /// <summary>The site; a tenant's gets nothing of another's.</summary>
    public required SiteOptions Site { get; init; }

    /// <summary>The study; none for all of the case.</summary>
    public Uid Study { get; init; }

    /// <summary>The case; none for the study wherever it is filed.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Whether the instances are to name the case's patient instead of what each came with.</summary>
    public bool Reconciled { get; init; }
}
