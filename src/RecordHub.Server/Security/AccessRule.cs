using Microsoft.AspNetCore.Builder;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Server.Security;

/// <summary>What an endpoint asks of its caller; an endpoint without one is closed to everybody.</summary>
/// <param name="Permission">The permission; null: it answers without a token.</param>
/// <param name="Or">Another permission that is as good, of which the endpoint itself then finds out more; null: none.</param>
/// <param name="ByCookie">Whether the console's cookie is taken for the token: pages only, never what scripts call.</param>
/// <param name="Action">What a token with scopes must be for; nothing: such tokens do not come here.</param>
/// <param name="Type">With which resource type; null is the one of the path, <see cref="AllTypes"/> all of them.</param>
internal sealed record AccessRule(
    Permission? Permission, bool ByCookie = false, ResourceAction Action = ResourceAction.None, string? Type = null,
    Permission? Or = null)
{
    /// <summary>What an endpoint gives is of any type.</summary>
    public const string AllTypes = "*";

    /// <summary>Whether a caller may come to the endpoint.</summary>
    public bool LetsIn(Caller caller) =>
        Permission is not { } permission || caller.May(permission) || (Or is { } other && caller.May(other));
}

/// <summary>Rules beside the routes that they are for.</summary>
internal static class AccessRules
{
    /// <summary>Callers must have this permission.</summary>
    public static T Needs<T>(this T endpoint, Permission permission)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(permission));

    /// <summary>The same, and tokens with scopes come here too, which must be for this.</summary>
    public static T Needs<T>(this T endpoint, Permission permission, ResourceAction action, string? type = null)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(permission, ByCookie: false, action, type));

    /// <summary>
    /// Callers must have one of two permissions, and a token with scopes be for one of the actions; the endpoint asks for the
    /// first where it takes that.
    /// </summary>
    public static T NeedsEither<T>(this T endpoint, Permission permission, Permission other, ResourceAction action)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessRule(permission, ByCookie: false, action, Or: other));

    /// <summary>As <see cref="Needs{T}(T, Permission)"/>, and a browser that signed in on the console may come with its cookie.</summary>
    public static T NeedsPage<T>(this T endpoint, Permission permission)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(permission, ByCookie: true));

    /// <summary>Answers without a token.</summary>
    public static T IsOpen<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(null));
}
