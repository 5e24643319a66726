using System.Net;
using RecordHub.Core.Cases;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>One connection's policy: who may call whom, and where what it sends goes.</summary>
internal sealed class DicomAssociation(
    RecordHubOptions options, CallingSites sites, AssociationSlots slots, StoreDoor door, EndPoint? from)
    : IAssociationHandler, IDisposable
{
    private SiteOptions? _site;
    private CaseNumber _case;
    private bool _holdsSlot;

    /// <inheritdoc />
    public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Decide(request) is { } rejection
            ? AssociationDecision.Reject(rejection)
            : AssociationDecision.Accept);

    /// <inheritdoc />
    public ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        door.StoreAsync(request, dataSet, _site, _case, cancellationToken);

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
        if (!AeTitles.IsOurs(request.CalledAeTitle, options.AeTitle, out _case))
        {
            return AssociationRejection.CalledAeTitle;
        }

        _site = sites.Find(request.CallingAeTitle, from);
        if (_site is null && !options.AcceptUnknownCallers)
        {
            return AssociationRejection.CallingAeTitle;
        }

        _holdsSlot = slots.TryTake();
        return _holdsSlot ? null : AssociationRejection.LocalLimit;
    }
}
