using System.Diagnostics;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>C-FIND after C-FIND on one association, in one information model.</summary>
internal sealed class FindSession(
    AssociationRequestor association, QueryModel model, CancellationToken cancelling, CancellationToken giveUp)
{
    public QueryModel Model => model;

    /// <summary>All matches.</summary>
    /// <exception cref="QueryRefusedException">The node answers with a failure.</exception>
    public async Task<List<DicomDataSet>> FindAsync(string level, DicomDataSet keys)
    {
        // The identifier of a patient is no key of the study root below the study.
        DicomDataSet identifier = new DicomDataSet().Add(DicomTags.QueryRetrieveLevel, level);
        foreach (DicomElement key in keys.Where(key =>
            level == "STUDY" || model == QueryModel.PatientRoot || key.Tag != DicomTags.PatientID))
        {
            identifier.Add(key);
        }

        using Activity? span = HubSources.Server.StartActivity("C-FIND", ActivityKind.Client);
        List<DicomDataSet> found = [];
        QueryResult result = await association
            .FindAsync(
                new OutgoingQuery { Model = model, Identifier = identifier, Cancelling = cancelling },
                match =>
                {
                    found.Add(match.Identifier);
                    return true;
                },
                giveUp)
            .ConfigureAwait(false);
        span?.SetTag(SpanTags.Records, found.Count);
        span.Told(result.Status, DimseStatus.Success);
        cancelling.ThrowIfCancellationRequested();
        return result.Status == DimseStatus.Success ? found : throw new QueryRefusedException(result);
    }
}
