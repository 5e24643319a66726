using System.Net;
using RecordHub.Core.Cases;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>One connection's policy: who may call whom and ask what, and where what it sends goes.</summary>
internal sealed class DicomAssociation(
    RecordHubOptions options, CallingSites sites, AssociationSlots slots, StoreDoor door, CommitmentDoor commitment,
    EndPoint? from)
    : IAssociationHandler, IDisposable
{
    private SiteOptions? _site;
    private CaseNumber _case;
    private bool _holdsSlot;

    private SiteVerbs Verbs => _site?.Verbs ?? SiteVerbs.Sender;

    /// <inheritdoc />
    public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Decide(request) is { } rejection
            ? AssociationDecision.Reject(rejection)
            : new AssociationDecision.Accepted
            {
                RefusedContexts = VerbRules.Refused(request.PresentationContexts, Verbs),
            });

    /// <inheritdoc />
    public ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        Verbs.HasFlag(SiteVerbs.Store)
            ? door.StoreAsync(request, dataSet, _site, _case, cancellationToken)
            : ValueTask.FromResult(new StoreResponse(
                DimseStatus.NotAuthorized, "Not stored: this site may not store here; see the verbs of its configuration"));

    /// <inheritdoc />
    public ValueTask<NormalizedResponse> ActionAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        commitment.ActAsync(request, dataSet, _site, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_holdsSlot)
        {
            _holdsSlot = false;
            slots.Return();
        }
    }

    private AssociationRejection? Decide(AssociationRequest request)
    {
        if (AeTitles.Find(request.CalledAeTitle, options) is not { } called)
        {
            return AssociationRejection.CalledAeTitle;
        }

        _case = called.Case;
        _site = sites.Find(request.CallingAeTitle, from);
        if (_site is null && !options.AcceptUnknownCallers)
        {
            return AssociationRejection.CallingAeTitle;
        }

        // Another tenant's door does not exist for this caller.
        if (_site?.Tenant is { } bound && called.Tenant is { } owner && bound != owner)
        {
            return AssociationRejection.CalledAeTitle;
        }

        _holdsSlot = slots.TryTake();
        return _holdsSlot ? null : AssociationRejection.LocalLimit;
    }
}
