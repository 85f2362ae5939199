-- Which roads a county measures with is not secret, though the rows around them are the staff's: whoever asks
-- how far it is to help is told mode, digest, vintage and licence of the networks in use, and nothing else.
create or replace function reach_networks_in_use(county text)
returns table (mode text, digest text, vintage text, licence text)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.mode, n.digest, n.vintage, n.licence from reach_network n
    where n.county_code = county and n.state = 'current' $$;
