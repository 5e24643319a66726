using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Links;
using RecordHub.Core.Packages;
using RecordHub.Core.Retention;
using RecordHub.Core.Telemetry;
using RecordHub.Core.Uploads;
using RecordHub.Server.Dicom;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Pulling;
using RecordHub.Server.Telemetry;
using RecordHub.Storage;

namespace RecordHub.Server.Hosting;

/// <summary>What every process has, whichever doors it opens: the store, the pipeline, and Core's desks.</summary>
internal static class Composition
{
    public static IServiceCollection AddRecordHub(this IServiceCollection services, RecordHubOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new IntakeOptions
        {
            MaxLength = options.Limits.UploadBytes,
            Sites = new SiteLabels(options.Sites.Select(site => site.Name)),
        });
        services.AddRecordHubStorage(options.ToStorage());
        services.AddRecordHubPipeline(
            new PipelineOptions { BrokerUri = options.BrokerUri, MaxWaiting = options.MaxWaiting },
            worker: options.Roles.HasFlag(ServerRoles.Worker));
        services.AddHostedService<StoreWatch>();
        if ((options.Roles & (ServerRoles.Api | ServerRoles.Dicom)) != ServerRoles.None)
        {
            services.AddHostedService(static provider => provider.GetRequiredService<Backlog>());
        }

        if (options.ObjectStore is not null)
        {
            services.AddHostedService<SpoolDrainer>();
        }

        services.AddTelemetry(options);
        services.AddSingleton(ChecklistsOf(options));
        services.TryAddSingleton<CaseContentReader>();
        services.TryAddSingleton<StudyActivity>();
        services.TryAddSingleton<IStudyActivity>(static one => one.GetRequiredService<StudyActivity>());
        services.TryAddSingleton<StudyWatch>();
        services.TryAddSingleton<CaseDesk>();
        services.TryAddSingleton<FilingStep>();
        services.TryAddSingleton<InboxDesk>();
        services.TryAddSingleton<LinkDesk>();
        services.TryAddSingleton<InboxOverview>();
        services.TryAddSingleton<AssignmentPreview>();
        services.TryAddSingleton<SplitDesk>();
        services.TryAddSingleton<SenderAlerts>();
        services.TryAddSingleton<Withdrawals>();
        services.TryAddSingleton<PublishingDesk>();
        services.TryAddSingleton<TokenDesk>();
        services.TryAddSingleton<ClientDesk>();
        services.TryAddSingleton<GrantDesk>();
        services.TryAddSingleton<TlsCredentials>();
        services.TryAddSingleton<SiteConnections>();
        services.TryAddSingleton<PullIntake>();
        services.TryAddSingleton<SitePuller>();
        services.TryAddSingleton<PullPlan>();
        services.TryAddSingleton<PullRound>();
        services.TryAddSingleton<PullWatch>();
        services.AddSingleton(options.Retention);
        services.AddSingleton(options.Uploads);
        services.TryAddSingleton<UploadLinkDesk>();
        services.TryAddSingleton<RetentionDesk>();
        services.TryAddSingleton<CaseEnds>();
        services.TryAddSingleton<PurgeDesk>();
        if (options.Roles.HasFlag(ServerRoles.Worker))
        {
            services.AddHostedService<RetentionKeeper>();
        }

        if (options.Roles.HasFlag(ServerRoles.Puller))
        {
            services.AddHostedService<PullKeeper>();
        }

        return services;
    }

    private static ChecklistSet ChecklistsOf(RecordHubOptions options)
    {
        string folder = Path.Combine(options.Data, "checklists");
        try
        {
            return Directory.Exists(folder) ? ChecklistSet.Load(folder) : ChecklistSet.BuiltIn;
        }
        catch (FormatException wrong)
        {
            throw new StartRefusedException(wrong.Message, wrong);
        }
    }
}
