using System.Net;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>One connection's policy: who has called, and which service answers.</summary>
internal sealed class DicomAssociation(
    CallerAdmission admission, AssociationSlots slots, StoreDoor door, CommitmentDoor commitment, EndPoint? from)
    : IAssociationHandler, IDisposable
{
    private AdmittedCaller? _caller;
    private bool _holdsSlot;

    private AdmittedCaller Caller =>
        _caller ?? throw new InvalidOperationException("An operation before the association was accepted.");

    /// <inheritdoc />
    public async ValueTask<AssociationDecision> AcceptAsync(
        AssociationRequest request, CancellationToken cancellationToken)
    {
        (_caller, AssociationRejection rejection) =
            await admission.DecideAsync(request, from, cancellationToken).ConfigureAwait(false);
        if (_caller is null)
        {
            return AssociationDecision.Reject(rejection);
        }

        _holdsSlot = slots.TryTake();
        return !_holdsSlot
            ? AssociationDecision.Reject(AssociationRejection.LocalLimit)
            : new AssociationDecision.Accepted
            {
                RefusedContexts = VerbRules.Refused(request.PresentationContexts, _caller.Verbs),
            };
    }

    /// <inheritdoc />
    public ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        Caller.Verbs.HasFlag(SiteVerbs.Store)
            ? door.StoreAsync(request, dataSet, Caller, cancellationToken)
            : ValueTask.FromResult(new StoreResponse(
                DimseStatus.NotAuthorized, "Not stored: this site may not store here; see the verbs of its configuration"));

    /// <inheritdoc />
    public ValueTask<NormalizedResponse> ActionAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        commitment.ActAsync(request, dataSet, Caller, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_holdsSlot)
        {
            _holdsSlot = false;
            slots.Return();
        }
    }
}
