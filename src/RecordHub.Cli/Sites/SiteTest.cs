using System.Globalization;
using System.Net.Http.Headers;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Sites;

/// <summary>Calls a site by each interface that it is configured with: C-ECHO, FHIR metadata, QIDO-RS.</summary>
internal static class SiteTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>One check for each interface.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<IReadOnlyList<CheckView>> RunAsync(
        SiteOptions site, RecordHubOptions ours, CancellationToken cancellationToken)
    {
        List<CheckView> checks = [];
        if (SitePeer.Of(site, ours) is { } peer)
        {
            checks.Add(await EchoAsync(peer, cancellationToken));
        }

        using HttpClient http = new() { Timeout = s_patience };
        if (site.FhirUrl is { } fhir)
        {
            checks.Add(await GetAsync(
                http, "fhir", Below(fhir, "metadata"), "application/fhir+json", "CapabilityStatement", cancellationToken));
        }

        if (site.DicomWebUrl is { } dicomWeb)
        {
            checks.Add(await GetAsync(
                http, "qido", Below(dicomWeb, "studies?limit=1"), "application/dicom+json", null, cancellationToken));
        }

        return checks.Count > 0 ? checks : throw new CommandException(
            $"Nothing is configured by which {site.Name} could be called.",
            "Give it AeTitle with Host and Port, FhirUrl or DicomWebUrl in appsettings.json.");
    }

    private static async Task<CheckView> EchoAsync(DicomPeer peer, CancellationToken cancellationToken)
    {
        try
        {
            ushort status = await new DicomSender(peer, TimeProvider.System).EchoAsync(cancellationToken);
            string code = status.ToString("X4", CultureInfo.InvariantCulture);
            return new CheckView(
                "echo", status == 0, $"{peer.CalledAeTitle} at {peer.Host}:{peer.Port} answered {code}.",
                status == 0 ? string.Empty : "See the peer's log.");
        }
        catch (CommandException failed)
        {
            return new CheckView("echo", false, failed.Message, failed.Advice);
        }
    }

    private static async Task<CheckView> GetAsync(
        HttpClient http, string check, Uri address, string accept, string? holds, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            string answered = $"{address} answered {(int)response.StatusCode}.";
            if (!response.IsSuccessStatusCode)
            {
                return new CheckView(check, false, answered, (int)response.StatusCode is 401 or 403
                    ? "It is there, and asks for credentials." : "Check the address; see the peer's log.");
            }

            return holds is null || (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(holds, StringComparison.Ordinal)
                ? new CheckView(check, true, answered, string.Empty)
                : new CheckView(check, false, $"{answered} It is no {holds}.", "Check the address: it is the base of a FHIR interface.");
        }
        catch (HttpRequestException failed)
        {
            return new CheckView(check, false, $"{address} does not answer ({failed.HttpRequestError}).", "Check the address and the network.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckView(check, false, $"{address} did not answer in time.", "Check the address and the network.");
        }
    }

    private static Uri Below(Uri address, string path) => new(address.ToString().TrimEnd('/') + "/" + path);
}
