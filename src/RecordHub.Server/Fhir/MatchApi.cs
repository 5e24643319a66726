using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;

namespace RecordHub.Server.Fhir;

/// <summary><c>Patient/$match</c>: who somebody may be, among the Patients that the caller may see.</summary>
internal sealed class MatchApi(IResourceStore resources, RecordHubOptions options)
{
    // More share a key only where the name is so common that it says little.
    private const int MostCandidates = 500;

    public void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapPost("/Patient/$match", MatchAsync).Needs(Permission.ReadRecords, ResourceAction.Search, "Patient");

    private async Task MatchAsync(HttpContext context)
    {
        FhirCall call = new(context);
        MatchInput asked = await MatchInput.ReadAsync(context);
        IReadOnlyList<ResourceVersion> candidates = await resources.FindPatientsAsync(
            PatientMatch.KeysOf(asked.Claim), MostCandidates, call.Scope, call.Aborted);
        int count = Math.Min(asked.Count ?? options.Limits.FhirDefaultPageSize, options.Limits.FhirPageSize);
        (ResourceVersion Patient, IdentityMatch Match)[] found =
        [
            .. PatientMatch.Rank(asked.Claim, candidates)
                .Where(pair => !asked.OnlyCertain || pair.Match.Grade == MatchGrade.Certain).Take(count),
        ];
        using BundleWriter bundle = new("searchset", call.Base, found.Length);
        foreach ((ResourceVersion patient, IdentityMatch match) in found)
        {
            bundle.AddMatch(patient, match);
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }
}
