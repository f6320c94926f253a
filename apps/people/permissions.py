"""What people do with their own account; nobody else's can be reached."""

from apps.core.permissions import declare_open

declare_open("change", "own settings and absences", ["whoever is signed in"])
declare_open("choose", "language and colours", ["everybody"])
