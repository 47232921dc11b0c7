// Follows the site while it is edited.
