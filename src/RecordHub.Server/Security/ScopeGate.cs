using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Web;

namespace RecordHub.Server.Security;

/// <summary>
/// What a token with scopes may do at an endpoint: the type that the endpoint is about is looked at here, and everything
/// else that an answer leads to by the store, which is given the types that are left (<see cref="AccessScope.Types"/>).
/// </summary>
internal static class ScopeGate
{
    /// <summary>The caller, who sees what the scopes let be seen.</summary>
    /// <exception cref="RefusedException">The scopes do not allow it (403).</exception>
    public static Caller Narrow(HttpContext context, Caller caller, AccessRule? rule, ScopeSet scopes)
    {
        if (rule is null)
        {
            return caller with { Scope = AccessScope.None }; // There is nothing at this address.
        }

        if (rule.Action == ResourceAction.None)
        {
            throw Refused(context, "A token with scopes opens FHIR and DICOMweb alone; this needs a token of another kind.");
        }

        string? type = rule.Type ?? context.Request.RouteValues["type"] as string;
        Require(context, scopes, rule.Action, type);

        // What is sent in is answered with what may be read.
        ResourceAction seen = rule.Action.HasFlag(ResourceAction.Create) ? ResourceAction.Read : rule.Action;
        AccessScope within = scopes.Case.IsNone ? caller.Scope : caller.Scope.Within(scopes.Case);
        return caller with { Scope = within with { Types = scopes.TypesOf(seen) }, Scopes = scopes };
    }

    /// <summary>Asks for an action that an endpoint turns out to be about; a token without scopes may do it.</summary>
    /// <exception cref="RefusedException">The scopes do not allow it (403).</exception>
    public static void Require(HttpContext context, Caller caller, ResourceAction action, string? type)
    {
        if (caller.Scopes is { } scopes)
        {
            Require(context, scopes, action, type);
        }
    }

    private static void Require(HttpContext context, ScopeSet scopes, ResourceAction action, string? type)
    {
        bool allows = type == AccessRule.AllTypes ? scopes.TypesOf(action) is null : scopes.Allows(action, type);
        if (!allows)
        {
            ResourceScope needed = new(type == AccessRule.AllTypes ? null : type, action, default);
            throw Refused(
                context,
                type is null ? $"The scopes of this token ({scopes}) do not allow this."
                    : $"The scopes of this token ({scopes}) do not allow this; it needs {needed}.");
        }
    }

    private static RefusedException Refused(HttpContext context, string diagnostics)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"RecordHub\", error=\"insufficient_scope\"";
        return new RefusedException(StatusCodes.Status403Forbidden, "forbidden", diagnostics);
    }
}
