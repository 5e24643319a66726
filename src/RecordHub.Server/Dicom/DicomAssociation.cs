using System.Diagnostics;
using System.Runtime.CompilerServices;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>One connection's policy: who has called, and which service answers.</summary>
internal sealed class DicomAssociation(
    CallerAdmission admission, AssociationSlots slots, StoreDoor door, CommitmentDoor commitment, QueryDoor queries,
    StudyActivity activity, DicomCaller from)
    : IAssociationHandler, IDisposable
{
    private readonly QuerySpans _queries = new();
    private AdmittedCaller? _caller;
    private EventReporter? _reporter;
    private string _callingAeTitle = string.Empty;
    private Activity? _span;
    private bool _holdsSlot;

    /// <summary>What measurements call the caller.</summary>
    public string SiteLabel => _caller?.Site?.Name ?? SiteLabels.Unknown;

    private AdmittedCaller Caller =>
        _caller ?? throw new InvalidOperationException("An operation before the association was accepted.");

    /// <inheritdoc />
    public async ValueTask<AssociationDecision> AcceptAsync(
        AssociationRequest request, CancellationToken cancellationToken)
    {
        _span = TraceContext.Start(HubSources.Server, "association", ActivityKind.Server, default(ActivityContext));
        (_caller, AssociationRejection rejection) =
            await admission.DecideAsync(request, from, cancellationToken).ConfigureAwait(false);
        if (_caller is null)
        {
            return AssociationDecision.Reject(rejection);
        }

        _span?.SetTag(SpanTags.Site, SiteLabel);
        _callingAeTitle = request.CallingAeTitle;
        _holdsSlot = slots.TryTake(_caller.Site);
        if (!_holdsSlot)
        {
            return AssociationDecision.Reject(AssociationRejection.LocalLimit);
        }

        from.Waiting?.Associated();
        HubMetrics.AssociationOpened(SiteLabel);
        return new AssociationDecision.Accepted(ConfirmationFor(_caller.Site))
        {
            Limits = LimitsOf(_caller.Site),
            RefusedContexts = VerbRules.Refused(request.PresentationContexts, _caller.Verbs),
        };
    }

    /// <inheritdoc />
    public ValueTask OpenedAsync(EventReporter reporter, CancellationToken cancellationToken)
    {
        if (!reporter.CanReport(WellKnownUids.StorageCommitment))
        {
            return ValueTask.CompletedTask;
        }

        _reporter = reporter;
        return commitment.OpenAsync(reporter, Caller, _callingAeTitle, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ushort> EchoAsync(EchoRequest request, CancellationToken cancellationToken)
    {
        HubMetrics.Responded("c-echo", DimseStatus.Success);
        return ValueTask.FromResult(DimseStatus.Success);
    }

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        using Activity? span =
            TraceContext.Start(HubSources.Server, "C-STORE", ActivityKind.Server, _span?.Context ?? default);
        ushort? status = null;
        try
        {
            StoreResponse response = await TakeAsync(request, dataSet, cancellationToken).ConfigureAwait(false);
            status = response.Status;
            return response;
        }
        catch (InstanceException refused)
        {
            status = refused.Status;
            throw;
        }
        finally
        {
            Tell(span, status);
        }
    }

    // None when the association ended before an answer.
    private static void Tell(Activity? span, ushort? status)
    {
        if (status is { } told)
        {
            HubMetrics.Responded("c-store", told);
            span?.SetTag(SpanTags.Status, $"{told:X4}");
        }

        if (span is not null && (status is null || !DimseStatus.IsStored(status.Value)))
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreResponse> TakeAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        if (!Caller.Verbs.HasFlag(SiteVerbs.Store))
        {
            return new StoreResponse(
                DimseStatus.NotAuthorized, "Not stored: this site may not store here; see the verbs of its configuration");
        }

        StoreResponse response = await door.StoreAsync(request, dataSet, Caller, cancellationToken).ConfigureAwait(false);
        if (DimseStatus.IsStored(response.Status))
        {
            activity.Stored(this, Caller.Tenant, request.SopInstanceUid.ToString());
        }

        return response;
    }

    /// <inheritdoc />
    public async ValueTask<NormalizedResponse> ActionAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        using Activity? span =
            TraceContext.Start(HubSources.Server, "N-ACTION", ActivityKind.Server, _span?.Context ?? default);
        NormalizedResponse response =
            await commitment.ActAsync(request, dataSet, Caller, cancellationToken).ConfigureAwait(false);
        HubMetrics.Responded("n-action", response.Status);
        span.Told(response.Status, DimseStatus.Success);
        return response;
    }

    // Contexts of services that the site may not ask for were refused, so that nothing but these comes here.

    /// <inheritdoc />
    public IAsyncEnumerable<FindMatch> FindAsync(QueryRequest request, CancellationToken cancellationToken) =>
        queries.FindAsync(Begun(request), QueryView.Of(Caller), cancellationToken);

    /// <inheritdoc />
    public ValueTask<Retrieval> MoveAsync(QueryRequest request, CancellationToken cancellationToken) =>
        queries.MoveAsync(Begun(request), Caller, cancellationToken);

    /// <inheritdoc />
    public ValueTask<Retrieval> GetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        queries.GetAsync(Begun(request), Caller, cancellationToken);

    /// <inheritdoc />
    public void Ended(QuerySummary summary)
    {
        if (summary.Status is { } status)
        {
            HubMetrics.Responded(DicomWords.Of(summary.Request.SopClass.Service), status);
        }

        _queries.End(summary);
        queries.Report(summary);
    }

    /// <summary>Hears how the whole of it ended.</summary>
    public void Ended(AssociationSummary summary) => _span?
        .SetTag(SpanTags.Ending, DicomWords.Of(summary.Ending)).SetTag(SpanTags.Stored, summary.Stored)
        .SetTag(SpanTags.Failed, summary.Failed)
        .SetTag(SpanTags.Reason, summary.Rejection is { } rejection ? DicomWords.Of(rejection) : null);

    /// <inheritdoc />
    public void Dispose()
    {
        _queries.Dispose();
        _span?.Dispose();
        if (_reporter is not null)
        {
            commitment.Close(_reporter);
        }

        activity.Ended(this);
        if (_holdsSlot)
        {
            _holdsSlot = false;
            HubMetrics.AssociationClosed(SiteLabel);
            slots.Return(_caller?.Site);
        }
    }

    private QueryRequest Begun(QueryRequest request)
    {
        _queries.Begin(request, _span?.Context ?? default);
        return request;
    }

    /// <summary>Sub-item 59H: only an identity that was compared is confirmed.</summary>
    private static ReadOnlyMemory<byte>? ConfirmationFor(SiteOptions? site)
    {
        // Not by ?: as null is an empty memory too.
        if (site?.User is null)
        {
            return null;
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    private static AssociationLimits? LimitsOf(SiteOptions? site) =>
        site is null ? null : new AssociationLimits((uint?)site.Limits.MaxPduLength, site.Limits.Idle);
}
