using RecordHub.Cli.Dicom;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Hub;

/// <content>What goes out to a site.</content>
internal sealed partial class EmbeddedHub
{
    private const int MostInstances = 200_000;

    public RecordHubOptions Options => host.Options;

    /// <summary>The filed instances of a study, of a case or of both, each SOP Instance UID once, as C-MOVE sends them.</summary>
    /// <param name="request">What is to be sent, and to whom.</param>
    /// <param name="folder">Where copies are made that name the case's patient.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no such case, nothing of it may go to the site, or there is too much.</exception>
    public async Task<IReadOnlyList<OutgoingInstance>> ListOutgoingAsync(
        SendRequest request, string folder, CancellationToken cancellationToken)
    {
        AccessScope scope = request.Site.Tenant is { } tenant ? AccessScope.Of(tenant) : AccessScope.All;
        CaseFile? file = request.Case.IsNone ? null
            : Known(await Get<ICaseStore>().FindAsync(request.Case, scope, cancellationToken), request.Case);
        IReadOnlyList<InstancePlace> places = await Get<IInstanceStore>().LocateAsync(
            new InstanceQuery
            {
                Level = InstanceLevel.Instance,
                Scope = file is null ? scope : scope.Within(file.Number),
                Matches = request.Study.IsNone ? [] : [new("StudyInstanceUID", request.Study.ToString())],
                AcrossCases = true,
                Limit = MostInstances,
            },
            cancellationToken);
        if (places.Count is 0 or > MostInstances)
        {
            throw places.Count == 0
                ? new CommandException(
                    "There is nothing to send: no filed DICOM instance of it may go to this site.",
                    "See 'recordhub case show'; what is held is in 'recordhub inbox list'.")
                : new CommandException($"There are more than {MostInstances} instances.", "Send study by study.");
        }

        await Get<IReaderStore>().NoteAsync(
            [.. places.Select(place => place.Case).Distinct().Select(number => new PackageReading(
                number, null, "site " + request.Site.Name, request.Site.Name, "site", ReadingKind.Images,
                Get<TimeProvider>().GetUtcNow()))],
            cancellationToken);
        CasePatient? patient = request.Reconciled ? file?.Patient : null;
        return [.. places.Select(place => Outgoing(place, patient, folder))];
    }

    private OutgoingInstance Outgoing(InstancePlace place, CasePatient? patient, string folder)
    {
        IBlobStore blobs = Get<IBlobStore>();
        return new OutgoingInstance(
            string.Empty, Uid.Parse(place.SopClassUid), Uid.Parse(place.SopInstanceUid), Uid.Parse(place.TransferSyntaxUid))
        {
            Version = patient is null ? place.Blob.ToString() : $"{place.Blob} {patient.Id}",
            OpenAsync = async token => patient is not null
                && await ReconciledAsync(blobs, place, patient, folder, token) is { } copy
                ? copy
                : await blobs.OpenAsync(place.Blob, place.DataSetOffset, token),
        };
    }

    /// <summary>A copy that names the patient, at its data set; it is gone when it is closed. Null when there is no need of one.</summary>
    private async Task<Stream?> ReconciledAsync(
        IBlobStore blobs, InstancePlace place, CasePatient patient, string folder, CancellationToken cancellationToken)
    {
        FileStream copy = new(
            Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            bufferSize: 128 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        bool isKept = false;
        try
        {
            await using Stream blob = await blobs.OpenAsync(place.Blob, 0, cancellationToken);
            if (!await ReconciledInstance.WriteAsync(
                blob, patient, Get<TimeProvider>().GetUtcNow(), copy, cancellationToken))
            {
                return null;
            }

            copy.Position = 0;
            copy.Position = (await DicomFile.ReadHeaderAsync(copy, cancellationToken)).DataSetOffset;
            isKept = true;
            return copy;
        }
        finally
        {
            if (!isKept)
            {
                await copy.DisposeAsync();
            }
        }
    }
}
