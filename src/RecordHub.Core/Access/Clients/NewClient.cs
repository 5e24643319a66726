using RecordHub.Core.Cases;

namespace RecordHub.Core.Access.Clients;

/// <summary>A client as an administrator registers it.</summary>
/// <param name="Name">Whom it is for.</param>
/// <param name="Role">What it may do at most.</param>
/// <param name="Cases">For a specialist: the cases.</param>
/// <param name="Tenant">Whose it is; null is the default tenant's.</param>
/// <param name="Site">A configured site; null when it is none's.</param>
/// <param name="Scope">Scopes, separated by spaces.</param>
/// <param name="Keys">Its public keys as a JSON Web Key Set.</param>
public sealed record NewClient(
    string Name, Role Role, IReadOnlyList<CaseNumber> Cases, Tenant? Tenant, string? Site, string Scope, string Keys)
{
    /// <summary>The type only.</summary>
    public override string ToString() => nameof(NewClient);
}
